//! When work is done: a plant's shift patterns. Terminals clip everything to their occurrences.

use super::super::kind::{Beside, Column, Kind, QUANTITY, Rule, SHARE, Stored::In, Type};
use super::PLANT;

pub(super) static SHIFTS: Kind = Kind {
    meaning: "Shift patterns in plant-local time; terminals need at least one. Occurrences are made 60 days ahead. \
              New times from a day on: end the old row with effective_to and add one with effective_from.",
    rules: &[
        Rule {
            name: "shifts_excl",
            column: "start",
            says: "its hours overlap those of another active shift of the plant on the same days",
        },
        Rule {
            name: "shift_occurrences_excl",
            column: "start",
            says: "the new hours overlap an occurrence that is planned or under way with the old ones: \
                   end the old pattern with effective_to and begin the new one a day later with effective_from",
        },
        Rule {
            name: "shifts_start_time_end_time_check",
            column: "end",
            says: "a shift ends at another time than it starts",
        },
        Rule {
            name: "shifts_effective_to_effective_from_check",
            column: "effective_to",
            says: "it is before effective_from",
        },
    ],
    beside: Beside::Occurrences,
    ..Kind::plain(
        "shifts",
        "shift",
        "shifts",
        &["plant_id", "shift_code", "effective_from"],
        &[
            Column::key("plant", Type::Refers(&PLANT), In("plant_id"), "Code of its plant.", "BERLIN"),
            Column::key(
                "code",
                Type::Code,
                In("shift_code"),
                "Code of the shift, unique in the plant.",
                "EARLY",
            ),
            Column::key(
                "effective_from",
                Type::Date,
                In("effective_from"),
                "First day of the pattern.",
                "2026-01-01",
            ),
            Column::required("name", Type::Text(100), In("shift_name"), "Its name.", "Early"),
            Column::required("start", Type::Time, In("start_time"), "When it starts.", "06:00"),
            Column::required(
                "end",
                Type::Time,
                In("end_time"),
                "When it ends; up to its start = the next day.",
                "14:00",
            ),
            Column::optional(
                "days",
                Type::Days,
                In("days_of_week"),
                "Days on which it starts, 1 = Monday … 7 = Sunday.",
                "12345",
            )
            .or("12345"),
            Column::optional(
                "break_minutes",
                Type::Integer(0, 480),
                In("break_minutes"),
                "Minutes of break without a fixed time.",
                "0",
            )
            .or("0"),
            Column::optional(
                "breaks",
                Type::Breaks,
                In("breaks"),
                "Breaks with a fixed time.",
                "09:00-09:15 12:00-12:30",
            )
            .or(""),
            Column::optional(
                "production_target",
                QUANTITY,
                In("production_target"),
                "Pieces it shall make.",
                "280",
            )
            .or("0"),
            Column::optional(
                "oee_target",
                SHARE,
                In("oee_target"),
                "Where its OEE turns good, 1 = 100 %.",
                "0.85",
            )
            .or("0.85"),
            Column::optional(
                "effective_to",
                Type::Date,
                In("effective_to"),
                "Last day of the pattern; empty = open.",
                "",
            ),
            Column::optional("order", Type::Integer(0, 32767), In("sort_order"), "Position in lists.", "1")
                .or("0"),
            // Always said, so that patterns may change places: they stand aside while they do.
            Column::optional("active", Type::YesNo, In("is_active"), "Whether it is worked.", "yes")
                .or("yes")
                .always(),
        ],
    )
};
