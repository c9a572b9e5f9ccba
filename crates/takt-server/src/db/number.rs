//! Document numbers, given at receipt: one update a batch takes as many as it needs.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::TenantTx;

#[derive(FromRow)]
struct Taken {
    pattern: String,
    seq_width: i16,
    first: i64,
    today: DateTime<Utc>,
    plant_code: String,
}

/// The next `count` numbers of a series; empty when the tenant has no such series.
pub async fn take(tx: &mut TenantTx, series: &str, count: usize) -> Result<Vec<String>, sqlx::Error> {
    let taken: Option<Taken> = sqlx::query_as(
        "with chosen as (
           select n.id, case n.reset_period when 'YEAR' then to_char(now(), 'YYYY') when 'MONTH' then to_char(now(), 'YYYY-MM')
               when 'DAY' then to_char(now(), 'YYYY-MM-DD') end as key
           from number_series n
           where n.organization_id = app.org() and n.series_code = $1 and n.material_id is null
             and coalesce(n.plant_id = app.plant(), true)
           order by n.plant_id nulls last limit 1
         )
         update number_series n
         set next_value = case when n.period_key is distinct from c.key then 1 else n.next_value end + $2,
             period_key = c.key
         from chosen c, plants p
         where n.organization_id = app.org() and n.id = c.id and p.organization_id = app.org() and p.id = app.plant()
         returning n.pattern, n.seq_width, n.next_value - $2 as first, now() as today, p.plant_code",
    )
    .bind(series)
    .bind(i64::try_from(count).unwrap_or(i64::MAX))
    .fetch_optional(tx.connection())
    .await?;
    Ok(taken.map(|taken| numbers(&taken, count)).unwrap_or_default())
}

fn numbers(taken: &Taken, count: usize) -> Vec<String> {
    let width = usize::try_from(taken.seq_width).unwrap_or(5);
    let dated = ["yyyy", "yy", "MM", "dd"].into_iter().zip(["%Y", "%y", "%m", "%d"]);
    let pattern = dated.fold(taken.pattern.clone(), |pattern, (token, format)| {
        pattern.replace(&format!("{{{token}}}"), &taken.today.format(format).to_string())
    });
    let pattern = pattern.replace("{plant}", &taken.plant_code);
    (taken.first..).take(count).map(|seq| pattern.replace("{seq}", &format!("{seq:0width$}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_become_dates_and_numbers() {
        let taken = Taken {
            pattern: "NCR-{yy}{MM}-{plant}-{seq}".to_owned(),
            seq_width: 4,
            first: 9,
            today: "2026-11-23T00:00:00Z".parse().unwrap(),
            plant_code: "LYON".to_owned(),
        };
        assert_eq!(numbers(&taken, 2), ["NCR-2611-LYON-0009", "NCR-2611-LYON-0010"]);
    }
}
