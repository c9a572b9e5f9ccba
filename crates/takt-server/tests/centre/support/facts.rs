//! What people at milling 3 say, with the demo plant's ids.

use takt_domain::{
    CharacteristicId, EventId, InspectionPlanId, InspectionPointId, InspectionResult, MachineId,
    MachineStatus, Measure, OperationId, ProductionEvent, Quantity, ReasonId, Severity, ShiftId, UnitId,
    WorkCenterId, WorkOrderId,
};
use takt_wire::payload::{
    HandoverItem, HandoverItemKind, HandoverSubmitted, InspectionRecorded, MachineStatusChanged, NcrRaised,
    ProductionLogged, Reading, ShiftFigures, stream,
};
use uuid::Uuid;

use super::Centre;

/// Ids of the demo plant.
pub struct Floor {
    /// WO-24821, released.
    pub order: i32,
    /// Its operation 10.
    pub operation: i32,
    /// MILL-3.
    pub machine: i32,
    /// PCS.
    pub unit: i32,
    /// Jonas Brandt.
    pub operator: i32,
    /// Katarzyna Wiśniewska.
    pub inspector: i32,
    /// Camille Laurent and Petra Hoffmann.
    pub leads: [i32; 2],
}

impl Floor {
    /// Looks them up.
    pub async fn of(centre: &Centre) -> Self {
        Self {
            order: centre.id("select id from work_orders where work_order_number = 'WO-24821'").await,
            operation: centre
                .id("select o.id from work_order_operations o join work_orders w on w.id = o.work_order_id
                     where work_order_number = 'WO-24821' and operation_number = 10")
                .await,
            machine: centre
                .id("select m.id from machines m join organizations o on o.id = m.organization_id
                     where machine_code = 'MILL-3' and org_code = 'NORDWERK'")
                .await,
            unit: centre
                .id("select u.id from units_of_measure u join organizations o on o.id = u.organization_id
                     where unit_code = 'PCS' and org_code = 'NORDWERK'")
                .await,
            operator: centre.id("select id from users where employee_number = '1003'").await,
            inspector: centre.id("select id from users where employee_number = '1007'").await,
            leads: [
                centre.id("select id from users where employee_number = '1001'").await,
                centre.id("select id from users where employee_number = '1002'").await,
            ],
        }
    }

    /// The stream of the operation.
    pub fn stream(&self) -> String {
        stream::operation(OperationId(self.operation))
    }

    /// The stream of the machine.
    pub fn machine_stream(&self) -> String {
        stream::machine(MachineId(self.machine))
    }

    /// A line of production.
    pub fn line(&self, event_type: ProductionEvent, good: i32) -> ProductionLogged {
        ProductionLogged {
            event_type,
            work_order_id: WorkOrderId(self.order),
            operation_id: OperationId(self.operation),
            machine_id: Some(MachineId(self.machine)),
            quantity_good: Quantity::from(good),
            quantity_scrapped: Quantity::ZERO,
            quantity_rework: Quantity::ZERO,
            unit_id: UnitId(self.unit),
            scrap_reason_id: None,
            rework_reason_id: None,
            pause_reason_id: None,
            corrects: None,
            notes: None,
        }
    }

    /// A state of the machine.
    pub fn state(&self, status: MachineStatus) -> MachineStatusChanged {
        MachineStatusChanged {
            machine_id: MachineId(self.machine),
            status,
            reason_id: None,
            work_order_id: None,
            repair_notes: None,
        }
    }

    /// A reason of a list.
    pub async fn reason(&self, centre: &Centre, code: &str) -> ReasonId {
        let id = sqlx::query_scalar(
            "select v.id from type_list_values v join organizations o on o.id = v.organization_id
             where value_code = $1 and org_code = 'NORDWERK' order by v.id limit 1",
        );
        ReasonId(id.bind(code).fetch_one(&centre.sql).await.unwrap())
    }

    /// A periodic inspection of the bore with these readings.
    pub async fn inspection(&self, centre: &Centre, readings: &[&str]) -> InspectionRecorded {
        let (plan, point, bore): (i32, i32, i32) = sqlx::query_as(
            "select p.id, i.id, c.id from inspection_plans p join inspection_points i on i.inspection_plan_id = p.id
             join inspection_characteristics c on c.inspection_point_id = i.id
             where plan_code = '4471' and point_code = 'EVERY-50' and characteristic_code = 'BORE'",
        )
        .fetch_one(&centre.sql)
        .await
        .unwrap();
        let limits = (Measure::typed("24.97").unwrap(), Measure::typed("25.03").unwrap());
        let reading = |(n, text): (usize, &&str)| {
            let value = Measure::typed(text).unwrap();
            Reading {
                uid: Uuid::new_v4(),
                characteristic_id: CharacteristicId(bore),
                sample_no: i32::try_from(n).unwrap() + 1,
                value: Some(value),
                text: None,
                conforming: value >= limits.0 && value <= limits.1,
                lower_spec: Some(limits.0),
                upper_spec: Some(limits.1),
                gauge_code: Some("DIG-07".to_owned()),
                device_time: chrono::Utc::now(),
            }
        };
        let readings: Vec<Reading> = readings.iter().enumerate().map(reading).collect();
        let failed = i32::try_from(readings.iter().filter(|it| !it.conforming).count()).unwrap();
        let all = i32::try_from(readings.len()).unwrap();
        InspectionRecorded {
            plan_id: InspectionPlanId(plan),
            point_id: InspectionPointId(point),
            inspection_type: "IN_PROCESS".to_owned(),
            work_order_id: WorkOrderId(self.order),
            operation_id: OperationId(self.operation),
            machine_id: Some(MachineId(self.machine)),
            attempt_no: 1,
            inspected_quantity: Quantity::from(all),
            passed_quantity: Quantity::from(all - failed),
            failed_quantity: Quantity::from(failed),
            unit_id: UnitId(self.unit),
            result: if failed > 0 { InspectionResult::Fail } else { InspectionResult::Pass },
            notes: None,
            readings,
        }
    }

    /// A report on a failed inspection.
    pub async fn ncr(&self, centre: &Centre, inspection: Option<EventId>) -> NcrRaised {
        NcrRaised {
            ncr_type: "PROCESS".to_owned(),
            severity: Severity::Major,
            defect_type_id: self.reason(centre, "DIMENSIONAL").await,
            description: "Bore too small".to_owned(),
            material_id: None,
            work_order_id: Some(WorkOrderId(self.order)),
            operation_id: Some(OperationId(self.operation)),
            inspection_uid: inspection,
            quantity_defective: Quantity::from(1),
            unit_id: UnitId(self.unit),
        }
    }

    /// A handover of today's early shift to the late one.
    pub async fn handover(
        &self,
        centre: &Centre,
        items: Vec<HandoverItem>,
        notes: &str,
    ) -> HandoverSubmitted {
        let (early, late, area): (i32, i32, i32) = sqlx::query_as(
            "select e.id, l.id, w.id from plants p join shifts e on e.plant_id = p.id and e.shift_code = 'EARLY'
             join shifts l on l.plant_id = p.id and l.shift_code = 'LATE'
             join work_centers w on w.plant_id = p.id and work_center_code = 'MILLING-3' where plant_code = 'LYON'",
        )
        .fetch_one(&centre.sql)
        .await
        .unwrap();
        let today = chrono::Utc::now().date_naive();
        HandoverSubmitted {
            from_shift_id: ShiftId(early),
            from_shift_date: today,
            to_shift_id: ShiftId(late),
            to_shift_date: today,
            work_center_id: WorkCenterId(area),
            figures: ShiftFigures { good: Quantity::from(96), records: 7, ..ShiftFigures::default() },
            items,
            notes: notes.to_owned(),
        }
    }
}

/// Something to take over.
pub fn red_item(reference: &str) -> HandoverItem {
    HandoverItem {
        uid: Uuid::new_v4(),
        kind: HandoverItemKind::OpenNcr,
        red: true,
        reference: Some(reference.to_owned()),
        figures: serde_json::Map::new(),
        text: None,
        carried_from: None,
    }
}
