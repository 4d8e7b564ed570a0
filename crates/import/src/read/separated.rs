//! CSV: records with their real line; commas, or the semicolons of a French spreadsheet when the header has them.

use csv::{ByteRecord, ReaderBuilder, StringRecord};

/// What makes a spreadsheet take a text for a formula: <https://owasp.org/www-community/attacks/CSV_Injection>.
pub(crate) const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Reads the records of a text.
pub(crate) struct Reader<'a> {
    csv: csv::Reader<&'a [u8]>,
    lines: Lines<'a>,
    record: ByteRecord,
}

/// A record, or which of its fields is not UTF-8.
pub(crate) type Fields = Result<StringRecord, usize>;

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let csv = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter(bytes))
            .from_reader(bytes);
        Self {
            csv,
            lines: Lines::new(bytes),
            record: ByteRecord::new(),
        }
    }

    /// The next record with its line; an error when the text is no CSV at all.
    pub fn next(&mut self) -> Result<Option<(u64, Fields)>, String> {
        match self.csv.read_byte_record(&mut self.record) {
            Ok(true) => {}
            Ok(false) => return Ok(None),
            Err(error) => return Err(format!("is not CSV: {error}")),
        }
        let offset = self.record.position().map_or(0, csv::Position::byte);
        let line = self.lines.line_of(offset as usize);
        let fields = StringRecord::from_byte_record(std::mem::take(&mut self.record));
        let fields = fields
            .map(without_marks)
            .map_err(|error| error.utf8_error().field());
        Ok(Some((line, fields)))
    }
}

/// Column names hold neither, so whichever the first line has parts them.
fn delimiter(bytes: &[u8]) -> u8 {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or(bytes);
    match first.contains(&b';') && !first.contains(&b',') {
        true => b';',
        false => b',',
    }
}

/// Takes off the apostrophe that keeps a spreadsheet from running a text.
fn without_marks(fields: StringRecord) -> StringRecord {
    if !fields.iter().any(is_marked) {
        return fields;
    }
    let plain = |field| if is_marked(field) { &field[1..] } else { field };
    fields.iter().map(plain).collect()
}

/// Whether behind one or more apostrophes stands what would be a formula.
fn is_marked(field: &str) -> bool {
    field.starts_with('\'') && is_formula(field)
}

/// Whether a text must be marked when it is written, so that no spreadsheet runs it and reading gives it again.
pub(crate) fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

/// Turns growing offsets into line numbers, blank lines and quoted line ends counted.
struct Lines<'a> {
    bytes: &'a [u8],
    offset: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            offset: 0,
            line: 1,
        }
    }

    fn line_of(&mut self, offset: usize) -> u64 {
        let mut end = offset.min(self.bytes.len()).max(self.offset);
        // A record is said to start where the one before it ended: the line ends between belong to neither.
        while matches!(self.bytes.get(end), Some(b'\n' | b'\r')) {
            end += 1;
        }
        for index in self.offset..end {
            let old_mac = self.bytes[index] == b'\r' && self.bytes.get(index + 1) != Some(&b'\n');
            if self.bytes[index] == b'\n' || old_mac {
                self.line += 1;
            }
        }
        self.offset = end;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let mut reader = Reader::new(text.as_bytes());
        let mut rows = Vec::new();
        while let Some((_, fields)) = reader.next().expect("CSV") {
            rows.push(
                fields
                    .expect("UTF-8")
                    .iter()
                    .map(str::to_owned)
                    .collect::<Vec<_>>(),
            );
        }
        rows
    }

    #[test]
    fn the_header_says_what_parts_columns() {
        assert_eq!(rows("a;b\r\n1;x,y\r\n"), [["a", "b"], ["1", "x,y"]]);
        assert_eq!(rows("\u{feff}a,b\n1,x;y\n"), [["a", "b"], ["1", "x;y"]]);
        assert_eq!(rows("a\n1;2\n"), [["a"], ["1;2"]]);
    }

    #[test]
    fn marks_are_taken_off_and_nothing_else() {
        let read = rows("a\n'=1\n''=1\n'x\n-7\n'\n'@\n");
        assert_eq!(read.concat(), ["a", "=1", "'=1", "'x", "-7", "'", "@"]);
    }
}
