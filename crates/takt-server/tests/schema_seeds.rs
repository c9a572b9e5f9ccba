//! What a new organization starts with: the dictionary's lists in every language that ships, units, roles, number
//! series and settings.
#![allow(clippy::unwrap_used, clippy::expect_used)] // Helper functions of tests are tests.
mod schema;

use schema::{Ground, text, texts, world};

/// Section 5 of the data dictionary.
const LISTS: [(&str, &str); 7] = [
    ("DEFECT_TYPE", "DIMENSIONAL VISUAL FUNCTIONAL MATERIAL DOCUMENTATION OTHER"),
    ("DOCUMENT_CATEGORY", "DESIGN MANUFACTURING QUALITY COMMERCIAL OTHER"),
    (
        "DOWNTIME_REASON",
        "EQUIPMENT MECHANICAL ELECTRICAL HYDRAULIC TOOLING MATERIAL SHORTAGE WRONG_MATERIAL QUALITY QUALITY_HOLD SETUP CHANGEOVER \
         ADJUSTMENT PROCESS NO_OPERATOR NO_ORDER WAITING_INSPECTION PLANNED MAINTENANCE BREAK MEETING TRIAL MINOR_STOP",
    ),
    ("MILESTONE_TYPE", "DESIGN_RELEASE MATERIAL_COMPLETE PRODUCTION_START ACCEPTANCE_TEST DELIVERY OTHER"),
    ("PACKAGE_TYPE", "BOX PALLET CRATE CONTAINER LOOSE"),
    ("REWORK_REASON", "DEBURR REWELD REPAINT READJUST REPLACE_PART RETEST OTHER"),
    (
        "SCRAP_REASON",
        "DIMENSION SURFACE MATERIAL_DEFECT SETUP_PIECE TOOL_WEAR HANDLING ASSEMBLY_ERROR TEST_FAILURE OTHER",
    ),
];

/// Parent, class and children of the stop reasons.
const STOPS: &str = "\
    EQUIPMENT AVAILABILITY: ELECTRICAL HYDRAULIC MECHANICAL TOOLING; MATERIAL AVAILABILITY: SHORTAGE WRONG_MATERIAL; \
    MINOR_STOP PERFORMANCE: ; PLANNED PLANNED: BREAK MAINTENANCE MEETING TRIAL; \
    PROCESS AVAILABILITY: NO_OPERATOR NO_ORDER WAITING_INSPECTION; QUALITY AVAILABILITY: QUALITY_HOLD; \
    SETUP AVAILABILITY: ADJUSTMENT CHANGEOVER";

#[tokio::test]
async fn the_lists_are_the_dictionarys() {
    let (mut ground, organization) = office().await;
    let lists = format!(
        "select l.list_code || ' ' || l.is_system || ' ' || string_agg(v.value_code, ' ' order by v.display_order)
         from type_lists l join type_list_values v on v.type_list_id = l.id where l.organization_id = {organization} group by l.id order by 1"
    );
    let wanted: Vec<String> = LISTS.iter().map(|(list, values)| format!("{list} true {values}")).collect();
    assert_eq!(texts(&mut ground.admin, &lists).await, wanted);
    let stops = format!(
        "select string_agg(line, '; ' order by line) from (
           select p.value_code || ' ' || (p.attributes ->> 'oee_class') || ': '
                  || coalesce((select string_agg(c.value_code, ' ' order by c.value_code) from type_list_values c
                               where c.parent_value_id = p.id and c.attributes = p.attributes), '') as line
           from type_list_values p join type_lists l on l.id = p.type_list_id
           where l.organization_id = {organization} and l.list_code = 'DOWNTIME_REASON' and p.parent_value_id is null) as tree"
    );
    assert_eq!(text(&mut ground.admin, &stops).await, STOPS);
}

#[tokio::test]
async fn every_word_is_there_in_every_language_that_ships() {
    let (mut ground, organization) = office().await;
    for (table, code) in [
        ("type_list_values", "value_code"),
        ("type_lists", "list_code"),
        ("units_of_measure", "unit_code"),
        ("roles", "role_code"),
    ] {
        let silent = format!(
            "select {code} from {table} where organization_id = {organization}
               and (select array_agg(l.key order by l.key) from jsonb_each_text(labels) as l where btrim(l.value) <> '')
                   is distinct from '{{de,en,es,pl,zh}}'"
        );
        assert_eq!(texts(&mut ground.admin, &silent).await, Vec::<String>::new(), "{table}");
    }
}

#[tokio::test]
async fn units_roles_series_and_settings_are_there() {
    let (mut ground, organization) = office().await;
    let counted = "select (select count(*) from units_of_measure) || ' units, '
                     || (select count(distinct dimension) filter (where is_base) from units_of_measure) || ' base units';";
    assert_eq!(text(&mut ground.admin, counted).await, "30 units, 15 base units");
    let of = |column: &str, table: &str| {
        format!(
            "select string_agg({column}, ' ' order by {column} collate \"C\") from {table} where organization_id = {organization}"
        )
    };
    assert_eq!(
        text(&mut ground.admin, &of("role_code", "roles")).await,
        "DEPARTMENT_HEAD OPERATOR ORG_ADMIN PLANT_MANAGER QC_INSPECTOR QC_MANAGER SHIFT_LEAD SUPERVISOR VIEWER WAREHOUSE"
    );
    assert_eq!(
        text(&mut ground.admin, &of("series_code", "number_series")).await,
        "LABEL LOT NCR RDA REWORK_ORDER SERIAL SHIPMENT WORK_ORDER"
    );
    assert_eq!(
        text(&mut ground.admin, &of("setting_key", "system_settings")).await,
        "kpi.oee_bands kpi.planned_down_counts kpi.unknown_ratio_max retention.audit_logs_days retention.production_logs_days \
         retention.qr_code_scans_days retention.sap_sync_logs_days spc.cpk_bands spc.run_one_side_points terminal.idle_lock_seconds \
         terminal.pin_attempts_max terminal.pin_required terminal.undo_seconds"
    );
}

#[tokio::test]
async fn seeding_again_adds_nothing_and_changes_nothing() {
    let (mut ground, organization) = office().await;
    let all = "select md5(string_agg(row, ',' order by row)) from (
                 select to_jsonb(t)::text as row from type_list_values t union all select to_jsonb(t)::text from type_lists t
                 union all select to_jsonb(t)::text from units_of_measure t union all select to_jsonb(t)::text from roles t
                 union all select to_jsonb(t)::text from number_series t union all select to_jsonb(t)::text from system_settings t) as r";
    let before = text(&mut ground.admin, all).await;
    schema::run(&mut ground.admin, &format!("select app.seed_organization({organization})")).await;
    assert_eq!(text(&mut ground.admin, all).await, before);
}

async fn office() -> (Ground, i64) {
    let mut ground = Ground::new().await;
    let organization = world::organization(&mut ground.admin, "ALPHA").await;
    (ground, organization)
}
