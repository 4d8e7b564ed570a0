//! A folder of CSV files, packed or not, and what a single file on disk may hold.

use std::{fs::File, io::Read, path::Path};

use flate2::read::MultiGzDecoder;

use crate::{
    file::{FILE_BYTES, Rows, Sheet, Table, UNPACKED_BYTES},
    problem::{Problem, Problems},
};

/// Reads the table's file, packed or not. Nothing when it is absent or cannot be read; the second is a problem.
pub(crate) fn open(dir: &Path, table: &Table, problems: &mut Problems) -> Option<Sheet> {
    let plain = format!("{}.csv", table.name);
    let packed = format!("{plain}.gz");
    let file = match (dir.join(&plain).exists(), dir.join(&packed).exists()) {
        (false, false) => return None,
        (true, true) => {
            let reason = format!("stands beside {packed}: keep one of the two");
            problems.push(Problem::in_file(&plain, reason));
            return None;
        }
        (true, false) => plain,
        (false, true) => packed,
    };
    match bytes(&dir.join(&file), file.ends_with(".gz")) {
        Ok(bytes) => Some(Sheet {
            file: file.into(),
            rows: Rows::Separated(bytes),
        }),
        Err(reason) => {
            problems.push(Problem::in_file(&file, reason));
            None
        }
    }
}

/// A file on disk within its limits, unpacked when it is packed.
pub(crate) fn bytes(path: &Path, packed: bool) -> Result<Vec<u8>, String> {
    let unreadable = |error: std::io::Error| format!("cannot be read: {error}");
    let about = std::fs::metadata(path).map_err(unreadable)?;
    if !about.is_file() {
        return Err("is not a regular file".to_owned());
    }
    if about.len() > FILE_BYTES {
        return Err(format!("is larger than {} MiB", FILE_BYTES >> 20));
    }
    let file = File::open(path).map_err(unreadable)?;
    if packed { unpacked(file) } else { within(file) }
}

/// What a stream holds, which may grow while it is read.
pub(crate) fn within(stream: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = stream.take(FILE_BYTES + 1).read_to_end(&mut bytes);
    let read = read.map_err(|error| format!("cannot be read: {error}"))?;
    match read as u64 > FILE_BYTES {
        true => Err(format!("holds more than {} MiB", FILE_BYTES >> 20)),
        false => Ok(bytes),
    }
}

fn unpacked(file: File) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = MultiGzDecoder::new(file)
        .take(UNPACKED_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("cannot be unpacked as gzip: {error}"))?;
    match read as u64 > UNPACKED_BYTES {
        true => Err(format!(
            "holds more than {} MiB once unpacked",
            UNPACKED_BYTES >> 20
        )),
        false => Ok(bytes),
    }
}
