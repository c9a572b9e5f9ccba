//! Where work is done: plants, work centers, machines.

use super::super::kind::{Column, Kind, QUANTITY, Rule, SOME, SOME_SECONDS, Stored::In, Type};
use super::{PLANT, UNIT, WORK_CENTER};

const PLANT_TYPES: &[&str] = &["FABRICATION", "PRODUCTION", "ASSEMBLY", "TESTING", "WAREHOUSE", "R_AND_D"];
const AREA_TYPES: &[&str] = &["MACHINE", "ASSEMBLY", "PACKAGING", "QUALITY_CHECK"];
pub(super) const MODES: &[&str] = &["SEQUENTIAL", "OVERLAP", "PARALLEL"];

pub(super) static PLANTS: Kind = Kind {
    meaning: "Manufacturing sites. Everything on a shop floor belongs to one.",
    rules: &[Rule {
        name: "plants_time_zone_frozen",
        column: "timezone",
        says: "the time zone is fixed once the plant has shifts: it would date them anew",
    }],
    ..Kind::plain(
        "plants",
        "plant",
        "plants",
        &["plant_code"],
        &[
            Column::key("code", Type::Code, In("plant_code"), "Code of the plant.", "BERLIN"),
            Column::required("name", Type::Text(200), In("plant_name"), "Its name.", "Werk Berlin"),
            Column::required(
                "timezone",
                Type::Zone,
                In("timezone"),
                "Time zone of its clocks.",
                "Europe/Berlin",
            ),
            Column::optional(
                "type",
                Type::Choice(PLANT_TYPES),
                In("plant_type"),
                "What it mainly does.",
                "PRODUCTION",
            )
            .or("PRODUCTION"),
            Column::optional(
                "day_starts_at",
                Type::Time,
                In("day_starts_at"),
                "When its production day begins.",
                "06:00",
            )
            .or("00:00"),
            Column::optional(
                "address",
                Type::Text(500),
                In("address"),
                "Postal address.",
                "Werkstraße 1, 12459 Berlin",
            ),
            Column::optional("active", Type::YesNo, In("is_active"), "Whether it is in use.", "yes")
                .or("yes"),
        ],
    )
};

pub(super) static WORK_CENTERS: Kind = Kind {
    meaning: "Areas or groups of stations of a plant. A terminal stands in one.",
    ..Kind::plain(
        "work_centers",
        "work center",
        "work_centers",
        &["plant_id", "work_center_code"],
        &[
            Column::key("plant", Type::Refers(&PLANT), In("plant_id"), "Code of its plant.", "BERLIN"),
            Column::key(
                "code",
                Type::Code,
                In("work_center_code"),
                "Code of the work center, unique in the plant.",
                "MILLING",
            ),
            Column::required("name", Type::Text(100), In("work_center_name"), "Its name.", "Milling"),
            Column::required(
                "type",
                Type::Choice(AREA_TYPES),
                In("work_center_type"),
                "What is done there.",
                "MACHINE",
            ),
            Column::required(
                "capacity_per_hour",
                SOME,
                In("capacity_per_hour"),
                "What it makes in an hour.",
                "45",
            ),
            Column::optional(
                "capacity_unit",
                Type::Refers(&UNIT),
                In("capacity_unit_id"),
                "Unit of the capacity.",
                "PCS",
            ),
            Column::optional(
                "cost_per_hour",
                QUANTITY,
                In("cost_per_hour"),
                "Labour rate, in the organization's currency.",
                "62.50",
            )
            .or("0"),
            Column::optional(
                "scheduling_mode",
                Type::Choice(MODES),
                In("default_scheduling_mode"),
                "How operations there follow each other unless they say so themselves.",
                "SEQUENTIAL",
            )
            .or("SEQUENTIAL"),
            Column::optional("active", Type::YesNo, In("is_active"), "Whether it is in use.", "yes")
                .or("yes"),
        ],
    )
};

pub(super) static MACHINES: Kind = Kind {
    meaning: "Equipment. Its status is not imported: it comes from the shop floor.",
    rules: &[Rule {
        name: "machines_status_is_active_check",
        column: "active",
        says: "a decommissioned machine stays inactive",
    }],
    ..Kind::plain(
        "machines",
        "machine",
        "machines",
        &["machine_code"],
        &[
            Column::key(
                "code",
                Type::Code,
                In("machine_code"),
                "Code of the machine, unique in the organization.",
                "MILL-1",
            ),
            Column::required("plant", Type::Refers(&PLANT), In("plant_id"), "Code of its plant.", "BERLIN"),
            Column::required(
                "work_center",
                Type::Refers(&WORK_CENTER),
                In("work_center_id"),
                "Code of the work center where it stands.",
                "MILLING",
            ),
            Column::required("name", Type::Text(200), In("machine_name"), "Its name.", "Milling centre 1"),
            Column::optional(
                "type",
                Type::Text(100),
                In("machine_type"),
                "What it is.",
                "5-axis milling centre",
            ),
            Column::optional(
                "ideal_cycle_seconds",
                SOME_SECONDS,
                In("ideal_cycle_seconds"),
                "Seconds per piece at best, where the operation gives none; feeds the OEE.",
                "78",
            ),
            Column::optional(
                "capacity_per_hour",
                QUANTITY,
                In("capacity_per_hour"),
                "Pieces in an hour.",
                "45",
            ),
            Column::optional("manufacturer", Type::Text(255), In("manufacturer"), "Who made it.", "DMG Mori"),
            Column::optional("model", Type::Text(100), In("model_number"), "Its model.", "DMU 50"),
            Column::optional(
                "serial_number",
                Type::Text(100),
                In("serial_number"),
                "Number on its plate.",
                "11270044",
            ),
            Column::optional(
                "installed_on",
                Type::Date,
                In("installed_on"),
                "Since when it stands there.",
                "2021-04-12",
            ),
            Column::optional(
                "location",
                Type::Text(255),
                In("location"),
                "Where to find it.",
                "Hall 2, bay 3",
            ),
            Column::optional("active", Type::YesNo, In("is_active"), "Whether it is in use.", "yes")
                .or("yes"),
        ],
    )
};
