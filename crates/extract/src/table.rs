//! Tables in an article: rows of cells with a bar between them and a heading above. Either each row is of a place or a thing and the heading
//! says what is counted, or the rows say that, and the heading of which places or times.

use crate::document::{Document, Sentence};
use crate::words::Class;

/// A table, by the tokens of its cells.
pub struct Table {
    pub heading: Vec<Cell>,
    pub rows: Vec<Vec<Cell>>,
    /// The rows say what is counted.
    pub across: bool,
    /// First and last line of the article that it stands in.
    pub lines: (usize, usize),
}

/// Tokens of one cell.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    pub start: usize,
    pub end: usize,
}

/// The tables of an article: two or more lines one below the other that are cut into as many cells.
pub fn tables(document: &Document<'_>) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut open: Vec<(usize, Vec<Cell>)> = Vec::new();
    let mut lines: Vec<Sentence> = Vec::new();
    for sentence in &document.sentences {
        match lines.last_mut() {
            Some(line) if line.line == sentence.line => line.end = sentence.end,
            _ => lines.push(*sentence),
        }
    }
    for line in lines {
        let cells = cells(document, line);
        let follows = open
            .last()
            .is_some_and(|(last, row)| *last + 1 == line.line && row.len() == cells.len());
        if !follows {
            tables.extend(table(document, &open));
            open.clear();
        }
        if cells.len() > 1 {
            open.push((line.line, cells));
        }
    }
    tables.extend(table(document, &open));
    tables
}

fn table(document: &Document<'_>, rows: &[(usize, Vec<Cell>)]) -> Option<Table> {
    let [(first, heading), rest @ ..] = rows else {
        return None;
    };
    let (last, _) = rest.last()?;
    // A heading counts nothing itself.
    let named = heading.iter().skip(1).any(|cell| {
        document
            .tags_in(Class::Quantity, cell.start, cell.end)
            .next()
            .is_some()
    });
    let counts = |cell: &Cell| {
        document
            .tags_in(Class::Quantity, cell.start, cell.end)
            .next()
            .is_some()
    };
    let across = !named
        && heading.iter().skip(1).any(|cell| is_of(document, cell))
        && rest.iter().any(|(_, row)| counts(&row[0]));
    (named || across).then(|| Table {
        heading: heading.clone(),
        rows: rest.iter().map(|(_, row)| row.clone()).collect(),
        across,
        lines: (*first, *last),
    })
}

/// Whether a heading names a place or a time.
fn is_of(document: &Document<'_>, cell: &Cell) -> bool {
    document
        .names_in(cell.start, cell.end)
        .any(|name| name.place().is_some())
        || document
            .tags_in(Class::Place, cell.start, cell.end)
            .next()
            .is_some()
        || document
            .periods
            .iter()
            .any(|span| cell.start <= span.start && span.end <= cell.end)
}

fn cells(document: &Document<'_>, line: Sentence) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut start = line.start;
    for at in line.start..line.end {
        let bars = document.gap(at).contains(['|', '\t']) && at + 1 < line.end;
        if bars || at + 1 == line.end {
            cells.push(Cell { start, end: at + 1 });
            start = at + 1;
        }
    }
    cells
}
