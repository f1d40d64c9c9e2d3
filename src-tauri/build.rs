//! Lets Tauri read its configuration and make a permission for each command.

use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=capabilities/main.json");
    let capability: serde_json::Value =
        serde_json::from_str(&fs::read_to_string("capabilities/main.json")?)?;
    let names: Vec<String> = capability["permissions"]
        .as_array()
        .ok_or("the capability lists no permissions")?
        .iter()
        .filter_map(|permission| permission.as_str()?.strip_prefix("allow-"))
        .map(|name| name.replace('-', "_"))
        .collect();
    let commands: &'static [&'static str] = names
        .into_iter()
        .map(|name| &*name.leak())
        .collect::<Vec<_>>()
        .leak();
    let manifest = tauri_build::AppManifest::new().commands(commands);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}
