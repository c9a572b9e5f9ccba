//! A window with a word in it and nothing behind it: what the terminal's start and memory are measured beside
//! (`cargo xtask bench`).

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!("src-tauri/examples/empty/tauri.conf.json"))
}
