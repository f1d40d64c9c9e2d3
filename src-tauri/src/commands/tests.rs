//! The whole list of commands: which there are, who may call them, and that all
//! but three refuse while the vault is locked.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};
use services::NoEvents;
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{
    INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets,
};
use tauri::webview::InvokeRequest;
use tauri::{Manager, WebviewWindow, WebviewWindowBuilder};

use super::OPEN;
use super::place::Left;
use crate::folder::{Folder, IDENTIFIER};
use crate::machine::Machine;
use crate::{bindings, open};

/// The commands that the window is granted.
fn granted() -> BTreeSet<String> {
    let text = include_str!("../../capabilities/main.json");
    let capability: Value = serde_json::from_str(text).unwrap();
    let permissions = capability["permissions"].as_array().unwrap();
    permissions
        .iter()
        .filter_map(|permission| permission.as_str()?.strip_prefix("allow-"))
        .map(|name| name.replace('-', "_"))
        .collect()
}

/// The commands that the generated TypeScript calls: `__TAURI_INVOKE<Answer>("name", …)`.
fn generated() -> BTreeSet<String> {
    let text = bindings::typescript().unwrap();
    let names: BTreeSet<String> = text
        .split("__TAURI_INVOKE<")
        .skip(1)
        .filter_map(|rest| rest.split_once("(\"")?.1.split('"').next())
        .map(str::to_owned)
        .collect();
    assert!(names.len() > 30, "the list was really read: {names:?}");
    names
}

/// Arguments for every command at once: each takes those that it names.
fn arguments() -> Value {
    let target = json!({ "engine": "sqlite", "fields": { "file": "/nowhere.sqlite" } });
    json!({
        "name": "nobody", "passphrase": "x", "current": "x", "next": "y",
        "id": 1, "ids": [1], "run": 1, "of": null, "active": true, "text": "x",
        "connection": 1, "connections": [1], "sync": 1, "link": "x",
        "scope": { "type": "connection" }, "password": { "type": "none" }, "target": target,
        "draft": {
            "name": "x", "description": "", "target": target, "colour": "#3b82f6",
            "environment": "local", "folder": "", "tags": [], "favourite": false,
            "read_only": true, "metadata": {},
        },
        "request": {
            "parent": { "type": "connection", "connection": 1 },
            "kinds": [], "filter": "", "offset": 0, "limit": 10,
        },
        "settings": { "lock_after_minutes": 15, "close_to_tray": false, "keep_history_days": 0 },
        "place": "x", "path": "/nowhere", "theme": "dark", "title": "x",
    })
}

fn window(folder: &std::path::Path) -> WebviewWindow<MockRuntime> {
    let folder = Folder {
        path: folder.to_owned(),
        machine: folder.join(Machine::FILE),
        given: true,
    };
    let app = mock_builder()
        .plugin(tauri_plugin_store::Builder::new().build())
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(super::answer(bindings::handler::<MockRuntime>()))
        .build(mock_context(noop_assets()))
        .unwrap();
    app.manage(open::studio(&folder, Arc::new(NoEvents)).unwrap());
    app.manage(folder);
    app.manage(Left::default());
    // The app must outlive the test, and there is no loop that would keep it.
    let app = Box::leak(Box::new(app));
    WebviewWindowBuilder::new(app, "main", tauri::WebviewUrl::default())
        .build()
        .unwrap()
}

fn call(window: &WebviewWindow<MockRuntime>, command: &str) -> Result<(), Value> {
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: "tauri://localhost".parse().unwrap(),
        body: InvokeBody::Json(arguments()),
        headers: tauri::http::HeaderMap::new(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    get_ipc_response(window, request).map(drop)
}

#[test]
fn the_window_is_granted_exactly_our_commands() {
    assert_eq!(
        granted(),
        generated(),
        "capabilities/main.json lists every command and no other"
    );
}

#[test]
fn nothing_else_of_ours_or_of_a_plugin_is_granted() {
    let text = include_str!("../../capabilities/main.json");
    let capability: Value = serde_json::from_str(text).unwrap();
    let others: Vec<_> = capability["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .filter(|permission| !permission.starts_with("allow-"))
        .collect();
    let wanted = [
        "core:event:allow-listen",
        "core:event:allow-unlisten",
        "core:window:allow-set-title",
    ];
    assert_eq!(
        others, wanted,
        "no plugin's command, above all none of Stronghold's"
    );
}

#[test]
fn every_command_but_three_refuses_while_locked() {
    let folder = tempfile::tempdir().unwrap();
    let window = window(folder.path());
    for command in generated()
        .iter()
        .filter(|name| !OPEN.contains(&name.as_str()))
    {
        let error = call(&window, command).expect_err(command);
        assert_eq!(error["kind"], "signed_out", "{command} answered {error}");
    }
}

#[test]
fn the_three_open_commands_answer_while_locked() {
    let folder = tempfile::tempdir().unwrap();
    let window = window(folder.path());
    call(&window, "welcome").expect("anybody may ask which engines there are");
    let error = call(&window, "sign_in").expect_err("there is no such user");
    assert_eq!(
        error["kind"], "not_found",
        "the user is unknown, which is no matter of the lock"
    );
}

#[test]
fn the_committed_bindings_are_current() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/bindings.ts");
    let committed = std::fs::read_to_string(file).unwrap();
    let current = bindings::typescript().unwrap();
    assert!(
        committed == current,
        "write ui/src/bindings.ts anew: npm run bindings"
    );
}

#[test]
fn the_app_is_known_by_one_name() {
    let text = include_str!("../../tauri.conf.json");
    let config: Value = serde_json::from_str(text).unwrap();
    assert_eq!(
        config["identifier"], IDENTIFIER,
        "the folder of data follows the configuration"
    );
}

#[test]
fn the_page_may_run_nothing_but_its_own_files() {
    let text = include_str!("../../tauri.conf.json");
    let config: Value = serde_json::from_str(text).unwrap();
    let security = &config["app"]["security"];
    assert_eq!(
        security["csp"],
        "default-src 'self'; connect-src ipc: http://ipc.localhost"
    );
    assert_eq!(security["freezePrototype"], true, "prototypes are frozen");
    assert_eq!(
        config["app"]["withGlobalTauri"], false,
        "no global object of Tauri"
    );
}
