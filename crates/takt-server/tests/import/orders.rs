//! Orders: planned by the office, moved by the floor; an import never moves them back.

use crate::tenant::{Tenant, told};

const ORDER: &str = "number,plant,material,quantity,priority,release\n";

#[tokio::test]
async fn a_released_order_is_ready_for_terminals() {
    let tenant = Tenant::with_examples().await;
    assert_eq!(tenant.text("select status from work_orders").await, "RELEASED");
    assert_eq!(tenant.count("select count(*) from work_orders where released_at is not null").await, 1);
    let start = "select to_char(planned_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI') from work_orders";
    assert_eq!(tenant.text(start).await, "2026-11-30 05:00", "plant-local time in Berlin");
    let end = "select to_char(planned_end at time zone 'UTC', 'YYYY-MM-DD HH24:MI') from work_orders";
    assert_eq!(tenant.text(end).await, "2026-12-02 23:00", "a day alone is its end");
    // 480 brackets of 1.25 kg with 5 % allowance.
    let need =
        "select material_number || ' ' || required_quantity || ' ' || unit_code from work_order_materials n
                join materials m on m.id = n.material_id join units_of_measure u on u.id = n.unit_id";
    assert_eq!(tenant.text(need).await, "ALU-6082 630.0000 kg");
}

#[tokio::test]
async fn an_order_without_operations_is_not_released() {
    let tenant = Tenant::with_examples().await;
    let told = tenant.one("work_orders.csv", &format!("{ORDER}WO-2,BERLIN,BRK-2040,10,5,yes\n")).await;
    assert_eq!(
        told,
        [
            "work_orders.csv line 2 WO-2: refused: release: an order without operations cannot be released: expected at \
          least one of it in operations"
        ]
    );
    let told = tenant.one("work_orders.csv", &format!("{ORDER}WO-2,BERLIN,BRK-2040,10,5,no\n")).await;
    assert_eq!(told, ["work_orders.csv line 2 WO-2: created"]);
}

#[tokio::test]
async fn what_is_frozen_or_closed_is_refused_and_state_and_counters_stay() {
    let tenant = Tenant::with_examples().await;
    tenant
        .run("set app.ingest = 'on';
              update work_orders set status = 'IN_PROGRESS', actual_start = now(), completed_quantity = 7;
              update work_order_operations set status = 'IN_PROGRESS', actual_start = now(), completed_quantity = 7")
        .await;
    let state = "select concat_ws(' ', w.status, w.completed_quantity, o.status, o.completed_quantity)
                 from work_orders w join work_order_operations o on o.work_order_id = w.id";
    let running = "IN_PROGRESS 7.0000 IN_PROGRESS 7.0000";
    assert_eq!(tenant.text(state).await, running);

    let told = tenant.one("work_orders.csv", &format!("{ORDER}WO-1001,BERLIN,BRK-2040,500,5,yes\n")).await;
    assert_eq!(
        told,
        [
            "work_orders.csv line 2 WO-1001: refused: quantity: material, quantity and unit are fixed once an order is released"
        ]
    );
    let told = tenant.one("work_orders.csv", &format!("{ORDER}WO-1001,BERLIN,BRK-2040,480,1,yes\n")).await;
    assert_eq!(told, ["work_orders.csv line 2 WO-1001: changed: priority"], "it may still be hurried");
    assert_eq!(tenant.text(state).await, running);

    let operation =
        "work_order,operation,name,work_center,setup_seconds\nWO-1001,10,Mill bracket,MILLING,60\n";
    let closed = "it has started, or its order is closed: its plan is not changed any more";
    let told = tenant.one("operations.csv", operation).await;
    assert_eq!(told, [format!("operations.csv line 2 WO-1001 10: refused: setup_seconds: {closed}")]);

    tenant
        .run("set app.ingest = 'on'; update work_orders set status = 'COMPLETED', actual_end = now()")
        .await;
    let told = tenant.one("work_orders.csv", &format!("{ORDER}WO-1001,BERLIN,BRK-2040,480,9,yes\n")).await;
    assert_eq!(
        told,
        [
            "work_orders.csv line 2 WO-1001: refused: priority: the order is closed: nothing of it is changed any more"
        ]
    );
    let more = "work_order,operation,name,work_center\nWO-1001,20,Deburr,MILLING\n";
    let told = tenant.one("operations.csv", more).await;
    assert_eq!(told, [format!("operations.csv line 2 WO-1001 20: refused: {closed}")]);
}

#[tokio::test]
async fn operations_follow_each_other_unless_they_say_otherwise() {
    let tenant = Tenant::with_examples().await;
    let told = tenant
        .one(
            "operations.csv",
            "work_order,operation,name,work_center,scheduling_mode,predecessor\n\
             WO-1001,50,Pack,MILLING,SEQUENTIAL,20\n\
             WO-1001,40,Label,MILLING,PARALLEL,\n\
             WO-1001,30,Wash,MILLING,SEQUENTIAL,\n\
             WO-1001,20,Deburr,MILLING,SEQUENTIAL,\n",
        )
        .await;
    assert!(told.iter().all(|line| line.ends_with("created")), "{told:#?}");
    let chain = "select string_agg(o.operation_number || '<' || coalesce(p.operation_number::text, '-'), ' ' order by o.operation_number)
                 from work_order_operations o left join work_order_operations p on p.id = o.predecessor_operation_id";
    assert_eq!(tenant.text(chain).await, "10<- 20<10 30<20 40<- 50<20");
    let told = tenant
        .one("operations.csv", "work_order,operation,name,work_center,predecessor\nWO-1001,60,X,MILLING,55\n")
        .await;
    assert_eq!(
        told,
        [
            "operations.csv line 2 WO-1001 60: refused: predecessor: there is no operation 55 of work order WO-1001, neither \
          in this import nor in the database"
        ]
    );
    let told = tenant
        .one("operations.csv", "work_order,operation,name,work_center,predecessor\nWO-1001,60,X,MILLING,70\nWO-1001,70,Y,MILLING,60\n")
        .await;
    assert!(
        told.iter().all(|line| line.ends_with("refused: it and others refer to each other in a circle")),
        "{told:#?}"
    );
}

#[tokio::test]
async fn a_bill_or_plan_in_force_is_changed_by_a_new_version_only() {
    let tenant = Tenant::with_examples().await;
    let told =
        tenant.one("bom_lines.csv", "bom,line,component,quantity,unit\nBOM-2040,10,ALU-6082,2,kg\n").await;
    assert_eq!(
        told,
        [
            "bom_lines.csv line 2 BOM-2040 1 10: refused: version: the bill is in force: its components are changed by a new version"
        ]
    );
    let told = tenant
        .one(
            "inspection_characteristics.csv",
            "plan,point,code,name,unit,lower,upper\nIP-2040,EVERY-50,BORE,Bore,mm,24,26\n",
        )
        .await;
    assert_eq!(
        told,
        [
            "inspection_characteristics.csv line 2 IP-2040 1 EVERY-50 BORE: refused: plan: the plan is approved: points and \
          characteristics are changed by a new revision"
        ]
    );
    let (report, _) = tenant
        .import(&crate::tenant::folder(&[
            (
                "boms.csv",
                "number,version,name,material,unit,effective_from,effective_to,activate\n\
                          BOM-2040,1,Mounting bracket 2040,BRK-2040,PCS,2026-01-01,2026-11-30,yes\n\
                          BOM-2040,2,Mounting bracket 2040,BRK-2040,PCS,2026-12-01,,yes\n",
            ),
            ("bom_lines.csv", "bom,version,line,component,quantity,unit\nBOM-2040,2,10,ALU-6082,2,kg\n"),
        ]))
        .await;
    assert_eq!(
        self::told(&report),
        [
            "boms.csv line 2 BOM-2040 1: changed: effective_to",
            "boms.csv line 3 BOM-2040 2: created",
            "bom_lines.csv line 2 BOM-2040 2 10: created"
        ]
    );
    assert_eq!(tenant.count("select count(*) from bom_headers where status = 'ACTIVE'").await, 2);
}
