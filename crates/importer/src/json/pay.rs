//! Pay in an object, as people write it in one cell: `{"min": 60000, "max": 70000, "currency": "EUR"}`.

use super::cells::{add, bare, text};
use super::parse::Json;

/// The cell of an object that holds an amount or its bounds, and cells of what else it holds; `None` where it holds
/// neither.
pub(super) fn cells(key: &str, members: &[(String, Json)]) -> Option<Vec<(String, String)>> {
    if let Some(cells) = of_both(key, members) {
        return Some(cells);
    }
    let mut said = Said::default();
    let mut others = Vec::new();
    for member in members {
        if !said.takes(&bare(&member.0), &member.1) {
            add(std::slice::from_ref(member), key, &mut others);
        }
    }
    let mut cells = vec![(key.to_owned(), said.cell()?)];
    cells.extend(others);
    Some(cells)
}

/// What a pay is that somebody wants, and one that somebody has, and how columns of them are called.
const KINDS: [(&str, &str); 6] = [
    ("expected", "expected salary"),
    ("desired", "expected salary"),
    ("target", "expected salary"),
    ("expectation", "expected salary"),
    ("current", "current salary"),
    ("present", "current salary"),
];

/// The cells of an object that holds the pay that is expected, the present one, or both; what stands beside them
/// (a currency, a period) is meant for each that does not say it.
fn of_both(key: &str, members: &[(String, Json)]) -> Option<Vec<(String, String)>> {
    let kind = |member: &(String, Json)| {
        let own = bare(&member.0);
        KINDS.iter().find(|(known, _)| *known == own).map(|(_, column)| *column)
    };
    let is_apart = |member: &(String, Json)| match kind(member) {
        Some("current salary") => !matches!(member.1, Json::Null | Json::Bool(_)),
        Some(_) => matches!(member.1, Json::Object(_)),
        None => false,
    };
    if !members.iter().any(is_apart) {
        return None;
    }
    let mut cells = Vec::new();
    let mut shared = Vec::new();
    for member in members.iter().filter(|member| kind(member).is_none()) {
        if !matches!(member.1, Json::Object(_)) && Said::default().takes(&bare(&member.0), &member.1) {
            shared.push(member);
        } else {
            add(std::slice::from_ref(member), key, &mut cells);
        }
    }
    for member in members {
        let Some(column) = kind(member) else { continue };
        let mut said = Said::default();
        let mut others = Vec::new();
        match &member.1 {
            Json::Object(inner) => {
                for own in inner {
                    if !said.takes(&bare(&own.0), &own.1) {
                        add(std::slice::from_ref(own), column, &mut others);
                    }
                }
            }
            amount => {
                said.takes("amount", amount);
            }
        }
        for beside in &shared {
            said.takes(&bare(&beside.0), &beside.1);
        }
        match said.cell() {
            Some(cell) => cells.push((column.to_owned(), cell)),
            None => add(std::slice::from_ref(member), key, &mut others),
        }
        cells.extend(others);
    }
    Some(cells)
}

#[derive(Debug, Default)]
struct Said {
    least: Option<String>,
    most: Option<String>,
    one: Option<String>,
    currency: Option<String>,
    per: Option<String>,
    is_net: bool,
}

impl Said {
    /// Takes what a key says of the pay; whether it says something.
    fn takes(&mut self, key: &str, value: &Json) -> bool {
        let said = match value {
            Json::List(_) => return false,
            value => text(value).trim().to_owned(),
        };
        if said.is_empty() {
            return true;
        }
        let is_scalar = !matches!(value, Json::Object(_));
        let place = match key {
            "min" | "minimum" | "from" | "low" | "lower" | "min_amount" | "amount_min" | "min_value"
            | "min_salary" | "salary_min"
                if is_scalar =>
            {
                &mut self.least
            }
            "max" | "maximum" | "to" | "high" | "upper" | "max_amount" | "amount_max" | "max_value"
            | "max_salary" | "salary_max"
                if is_scalar =>
            {
                &mut self.most
            }
            "amount" | "value" | "figure" | "expected" | "desired" | "target" | "salary" | "base"
            | "rate"
                if is_scalar =>
            {
                &mut self.one
            }
            "currency" | "currency_code" | "currency_iso" => &mut self.currency,
            "unit" if said.len() == 3 && said.bytes().all(|b| b.is_ascii_uppercase()) => &mut self.currency,
            "period" | "unit" | "per" | "frequency" | "interval" | "pay_period" | "time_unit"
            | "rate_unit" | "salary_period" | "basis" => &mut self.per,
            "type" | "kind" if per(&said).is_some() => &mut self.per,
            "type" | "kind" if is_net(&said) => {
                self.is_net = true;
                return true;
            }
            "net" | "is_net" if matches!(value, Json::Bool(_)) => {
                self.is_net |= *value == Json::Bool(true);
                return true;
            }
            "gross" | "is_gross" if matches!(value, Json::Bool(_)) => {
                self.is_net |= *value == Json::Bool(false);
                return true;
            }
            _ => return false,
        };
        if place.is_some() {
            return false;
        }
        *place = Some(said);
        true
    }

    fn cell(&self) -> Option<String> {
        let amount = match (&self.least, &self.most, &self.one) {
            (Some(least), Some(most), _) if least == most => least.clone(),
            (Some(least), Some(most), _) => format!("{least}-{most}"),
            (_, _, Some(one)) => one.clone(),
            (Some(least), None, None) => format!("from {least}"),
            (None, Some(most), None) => format!("up to {most}"),
            (None, None, None) => return None,
        };
        let per = self.per.as_ref().map(|said| format!("per {}", per(said).unwrap_or(said)));
        let net = self.is_net.then(|| "net".to_owned());
        let parts = [Some(amount), self.currency.clone(), per, net];
        Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }
}

/// The word for a span of time that an amount is paid for.
fn per(said: &str) -> Option<&'static str> {
    Some(match said.to_lowercase().replace(['_', '-'], " ").as_str() {
        "year" | "yearly" | "annual" | "annually" | "per year" | "annum" | "per annum" | "pa" | "y"
        | "jahr" | "jährlich" | "an" | "annuel" | "año" | "jaar" | "rok" => "year",
        "month" | "monthly" | "per month" | "m" | "monat" | "monatlich" | "mois" | "mensuel" | "mes"
        | "maand" | "miesiąc" => "month",
        "day" | "daily" | "per day" | "d" | "tag" | "täglich" | "jour" | "journalier" | "día" | "dag"
        | "dzień" => "day",
        "hour" | "hourly" | "per hour" | "h" | "stunde" | "stündlich" | "heure" | "horaire" | "hora"
        | "uur" | "godzina" => "hour",
        _ => return None,
    })
}

fn is_net(said: &str) -> bool {
    matches!(said.to_lowercase().as_str(), "net" | "netto" | "neto")
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    #[test]
    fn an_object_of_pay_is_one_cell() {
        for (json, expected) in [
            (
                r#"{"min": 60000, "max": 70000, "currency": "EUR", "period": "year"}"#,
                "60000-70000 EUR per year",
            ),
            (r#"{"amount": 650, "currency": "EUR", "unit": "day"}"#, "650 EUR per day"),
            (r#"{"amount": "60k", "unit": "EUR", "type": "yearly"}"#, "60k EUR per year"),
            (r#"{"min": 60000, "max": null, "currency": {"code": "EUR"}}"#, "from 60000 EUR"),
            (r#"{"max": 6e4, "gross": false}"#, "up to 60000 net"),
            (r#"{"value": 900, "currency": "EUR", "period": "week"}"#, "900 EUR per week"),
        ] {
            let Ok(Json::Object(members)) = parse(json.as_bytes()) else { panic!("no object: {json}") };
            let cells = cells("salary", &members).unwrap();
            assert_eq!(cells, [("salary".to_owned(), expected.to_owned())], "{json}");
        }
    }

    #[test]
    fn what_is_wanted_and_what_is_paid_are_two() {
        let json = r#"{"expected": {"amount": 70000}, "current": {"amount": 60000, "currency": "USD"}, "currency": "EUR"}"#;
        let Ok(Json::Object(members)) = parse(json.as_bytes()) else { panic!("no object: {json}") };
        let expected = [("expected salary", "70000 EUR"), ("current salary", "60000 USD")];
        let expected = expected.map(|(column, cell)| (column.to_owned(), cell.to_owned()));
        assert_eq!(cells("salary", &members).unwrap(), expected);
    }

    #[test]
    fn what_is_no_pay_keeps_its_name() {
        let read = |json: &str| match parse(json.as_bytes()) {
            Ok(Json::Object(members)) => cells("salary", &members),
            _ => panic!("no object: {json}"),
        };
        let cell = |key: &str, text: &str| (key.to_owned(), text.to_owned());
        assert_eq!(read(r#"{"currency": "EUR"}"#), None);
        assert_eq!(
            read(r#"{"amount": 1, "bonus": {"target": 2}, "min": 3}"#),
            Some(vec![cell("salary", "1"), cell("salary.bonus.target", "2")])
        );
    }
}
