//! Reading the folder.

use std::{fs, io, path::Path};

use serde::de::DeserializeOwned;

use super::{
    error::SeedError,
    format_catalog::{Collections, Department, Options, Types},
    format_shop::Shop,
};

/// What the folder holds.
pub(super) struct Files {
    pub(super) shop: Shop,
    pub(super) options: Options,
    pub(super) types: Types,
    pub(super) collections: Collections,
    /// By name, in the order of the names.
    pub(super) departments: Vec<(String, Department)>,
}

impl Files {
    /// Reads a folder. Only `shop.toml` must be there.
    pub(super) fn read(folder: &Path) -> Result<Self, SeedError> {
        Ok(Self {
            shop: parse(&folder.join("shop.toml"))?,
            options: parse_if_there(&folder.join("options.toml"))?,
            types: parse_if_there(&folder.join("types.toml"))?,
            collections: parse_if_there(&folder.join("collections.toml"))?,
            departments: departments(&folder.join("departments"))?,
        })
    }
}

fn departments(folder: &Path) -> Result<Vec<(String, Department)>, SeedError> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let unreadable = |cause| SeedError::Unreadable { file: folder.to_owned(), cause };
    let entries: io::Result<Vec<_>> = fs::read_dir(folder).and_then(Iterator::collect);
    let mut paths: Vec<_> = entries.map_err(unreadable)?.into_iter().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let read = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Ok((format!("departments/{name}"), parse(path)?))
    };
    paths.iter().map(|path| read(path)).collect()
}

fn parse_if_there<T: Default + DeserializeOwned>(file: &Path) -> Result<T, SeedError> {
    if file.exists() { parse(file) } else { Ok(T::default()) }
}

fn parse<T: DeserializeOwned>(file: &Path) -> Result<T, SeedError> {
    let text = fs::read_to_string(file).map_err(|cause| SeedError::Unreadable { file: file.to_owned(), cause })?;
    toml::from_str(&text).map_err(|cause| SeedError::Malformed { file: file.to_owned(), cause: Box::new(cause) })
}
