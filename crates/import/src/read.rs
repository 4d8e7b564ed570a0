//! From a path to the rows of each table, whatever the format: a folder of CSV, one CSV file, a workbook, lines of JSON.

pub(crate) mod archive;
pub(crate) mod folder;
pub(crate) mod lines;
pub(crate) mod origin;
pub(crate) mod separated;
pub(crate) mod workbook;
