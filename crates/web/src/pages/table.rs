//! A view as a table: what `.csv` gives.

use super::{fact::Stated, words::Words};

/// Rows under columns.
#[derive(Debug, Default)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Figures, a row each, with all that is known of them.
    pub fn of_figures(words: Words, figures: &[Stated]) -> Self {
        let columns = [
            words.t("column-indicator"),
            words.t("column-subject"),
            words.t("column-place"),
            words.t("column-value"),
            words.t("column-value-max"),
            words.t("column-unit"),
            words.t("column-qualifier"),
            words.t("column-period"),
            words.t("column-basis"),
            words.t("column-producer"),
            words.t("column-publisher"),
            words.t("column-source"),
            words.t("column-url"),
            words.t("column-published"),
        ];
        let named = |name: Option<&str>| name.unwrap_or_default().to_owned();
        let rows = figures.iter().map(|figure| {
            let source = figure.source.as_ref();
            vec![
                named(figure.indicator.as_ref().map(|it| it.name.as_str())),
                named(figure.subject.as_ref().and_then(|it| it.name.as_deref())),
                named(figure.territory.as_ref().map(|it| it.name.as_str())),
                figure.value.to_string(),
                figure
                    .value_max
                    .map(|most| most.to_string())
                    .unwrap_or_default(),
                figure.unit.name.clone(),
                words.term("qualifier", &figure.qualifier),
                named(figure.period.as_deref()),
                figure
                    .period_basis
                    .as_deref()
                    .map(|basis| words.term("basis", basis))
                    .unwrap_or_default(),
                named(figure.producer.as_ref().map(|it| it.name.as_str())),
                named(source.map(|it| it.publisher.as_str())),
                named(source.map(|it| it.title.as_str())),
                named(source.and_then(|it| it.url.as_deref())),
                named(source.and_then(|it| it.published_on.as_deref())),
            ]
        });
        Self {
            columns: columns.into(),
            rows: rows.collect(),
        }
    }

    /// As CSV with a byte-order mark, so that spreadsheets read it as UTF-8. A text that they would take for a formula is quoted.
    pub fn csv(&self) -> Vec<u8> {
        let mut bytes = "\u{feff}".as_bytes().to_vec();
        let mut writer = csv::Writer::from_writer(&mut bytes);
        for row in std::iter::once(&self.columns).chain(&self.rows) {
            writer
                .write_record(row.iter().map(|cell| harmless(cell)))
                .expect("writing to memory cannot fail");
        }
        writer.flush().expect("writing to memory cannot fail");
        drop(writer);
        bytes
    }
}

fn harmless(cell: &str) -> String {
    let is_number = cell.parse::<f64>().is_ok();
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}
