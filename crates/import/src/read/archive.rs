//! The parts of a workbook, counted before anything reads them: a file of some bytes can claim, or unpack to, any size.

use std::io::{Cursor, Read};

use zip::{CompressionMethod, ZipArchive};

/// Most parts in a workbook.
const PARTS: usize = 512;
/// Largest part once unpacked.
pub(crate) const PART_BYTES: u64 = 64 << 20;
/// All parts once unpacked.
pub(crate) const WORKBOOK_BYTES: u64 = 128 << 20;

const ADVICE: &str = "save it as .xlsx (\"Excel Workbook\") without a password and without macros";

/// Whether these bytes are a workbook that can be read; else what is wrong with it and what to do.
pub(crate) fn check(bytes: &[u8]) -> Result<(), String> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(format!(
            "is an old Excel file (.xls), or has a password: {ADVICE}"
        ));
    }
    if !bytes.starts_with(b"PK") {
        return Err(format!("is not an Excel workbook: {ADVICE}"));
    }
    let damaged = |error: zip::result::ZipError| format!("is damaged ({error}): {ADVICE}");
    let declared = end_record(bytes).ok_or_else(|| format!("is damaged: {ADVICE}"))?;
    if declared > PARTS {
        return Err(format!("has more than {PARTS} parts: {ADVICE}"));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    // The list of parts is by name: of two with one name only the last would be seen.
    if archive.len() != declared {
        return Err(format!("has two parts of the same name: {ADVICE}"));
    }
    let mut total = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.to_lowercase();
        kind(&name)?;
        if !matches!(
            part.compression(),
            CompressionMethod::Stored | CompressionMethod::Deflated
        ) {
            return Err(format!("is packed in an unusual way: {ADVICE}"));
        }
        if part.size() > PART_BYTES {
            return Err(format!("has {}", too_large()));
        }
        let is_xml = [".xml", ".rels", ".vml"]
            .iter()
            .any(|end| name.ends_with(end));
        let mut read = Vec::new();
        let mut part = part.take(PART_BYTES + 1);
        let size = match is_xml {
            true => part.read_to_end(&mut read).map(|size| size as u64),
            false => std::io::copy(&mut part, &mut std::io::sink()),
        };
        let size = size.map_err(|error| format!("is damaged ({error}): {ADVICE}"))?;
        total += size;
        if size > PART_BYTES || total > WORKBOOK_BYTES {
            return Err(format!("has {}", too_large()));
        }
        if is_xml {
            text(&read).map_err(|reason| format!("{reason}: {ADVICE}"))?;
        }
    }
    Ok(())
}

fn too_large() -> String {
    format!(
        "a part of more than {} MiB, or more than {} MiB in all, once unpacked: import it in pieces, or as CSV",
        PART_BYTES >> 20,
        WORKBOOK_BYTES >> 20
    )
}

/// Refuses what is another kind of workbook.
fn kind(part: &str) -> Result<(), String> {
    let found = if part.ends_with("vbaproject.bin") {
        "holds macros (.xlsm)"
    } else if part.ends_with("workbook.bin") {
        "is a binary workbook (.xlsb)"
    } else if part == "content.xml" {
        "is an OpenDocument file (.ods)"
    } else {
        return Ok(());
    };
    Err(format!("{found}: {ADVICE}"))
}

/// Refuses what an XML part of a workbook never needs and a reader could stumble over.
fn text(part: &[u8]) -> Result<(), String> {
    let Ok(text) = std::str::from_utf8(part) else {
        return Err("has a part that is not UTF-8".to_owned());
    };
    if text
        .bytes()
        .any(|byte| byte < b' ' && !b"\t\r\n".contains(&byte))
    {
        return Err("has a part with characters that XML does not know".to_owned());
    }
    if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
        return Err("has a part with entities of its own".to_owned());
    }
    // The declaration of another encoding would let a reader see other characters than these.
    let declaration = text.trim_start_matches('\u{feff}').split("?>").next();
    let declaration = declaration
        .filter(|found| found.starts_with("<?xml"))
        .unwrap_or_default();
    if declaration.contains("encoding") && !declaration.to_lowercase().contains("utf-8") {
        return Err("has a part that is not UTF-8".to_owned());
    }
    // Readers make room for as many texts as are announced.
    for (at, name) in text.match_indices("uniqueCount") {
        let rest = text[at + name.len()..].trim_start();
        let rest = rest.strip_prefix('=').unwrap_or_default().trim_start();
        let digits = rest.trim_start_matches(['"', '\'']);
        let end = digits
            .find(|found: char| !found.is_ascii_digit())
            .unwrap_or(digits.len());
        let announced = &digits[..end];
        if announced.len() > 9 || announced.parse::<usize>().is_ok_and(|n| n > part.len()) {
            return Err("announces more texts than it can hold".to_owned());
        }
    }
    Ok(())
}

/// How many parts the end of the archive declares, read before a list of them is made.
fn end_record(bytes: &[u8]) -> Option<usize> {
    const LENGTH: usize = 22;
    let last = bytes.len().checked_sub(LENGTH)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    let at = (first..=last)
        .rev()
        .find(|at| bytes[*at..].starts_with(b"PK\x05\x06"))?;
    let declared = u16::from_le_bytes([bytes[at + 10], bytes[at + 11]]);
    Some(usize::from(declared))
}
