//! Tells Tauri where things lie, since the package sits at the top and its code in `src-tauri/`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    tauri_build::try_build(
        tauri_build::Attributes::new().capabilities_path_pattern("./src-tauri/capabilities/*.json"),
    )?;
    Ok(())
}
