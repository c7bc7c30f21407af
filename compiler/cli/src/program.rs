//! Somebody's program at work: in an empty folder, with an input.
//!
//! In: a command, the folder it comes from, what it gets on standard input. Out: the files that it leaves in the folder it ran in.
//! Always: the folder is gone afterwards; links are not followed; what it prints on standard error is told if it fails.

use crate::disk::failure;
use prog_base::text;
use prog_driver::Failure;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// All files together are no larger than this: 256 MiB.
const LIMIT: u64 = 256 << 20;

/// Runs the command.
pub fn run(command: &[String], home: &Path, input: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let folder = Folder::new()?;
    let of_home = |word: &String| {
        let path = home.join(word);
        if path.is_file() { path.canonicalize().unwrap_or(path).into_os_string() } else { word.into() }
    };
    let Some((program, arguments)) = command.split_first() else {
        return Err(Failure::other(text!("没有写命令", "no command is given")));
    };
    let mut process = Command::new(of_home(program));
    process.args(arguments.iter().map(of_home)).current_dir(&folder.0);
    process.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = process.spawn().map_err(failure)?;
    let pipe = child.stdin.take();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || pipe.map(|mut pipe| pipe.write_all(&input)));
    let output = child.wait_with_output().map_err(failure)?;
    let _ = writer.join(); // it may have read enough
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        let status = output.status;
        return Err(Failure::other(text!("{status}\n{said}", "{status}\n{said}")));
    }
    let mut files = Vec::new();
    collect(&folder.0, "", &mut files, &mut LIMIT.clone())?;
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, below: &str, files: &mut Vec<(String, Vec<u8>)>, left: &mut u64) -> Result<(), Failure> {
    for entry in fs::read_dir(folder).map_err(failure)? {
        let entry = entry.map_err(failure)?;
        let kind = entry.file_type().map_err(failure)?;
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
        if kind.is_dir() {
            collect(&entry.path(), &format!("{path}/"), files, left)?;
        } else if kind.is_file() {
            let size = entry.metadata().map_err(failure)?.len();
            *left = left.checked_sub(size).ok_or(Failure::too_large(None, LIMIT))?;
            files.push((path, fs::read(entry.path()).map_err(failure)?));
        }
    }
    Ok(())
}

/// A folder of our own that goes when we are done.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self, Failure> {
        let name = |n: u32| std::env::temp_dir().join(format!("prog-target-{}-{n}", std::process::id()));
        for n in 0..u32::MAX {
            match fs::create_dir(name(n)) {
                Ok(()) => return Ok(Self(name(n))),
                Err(fault) if fault.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(fault) => return Err(failure(fault)),
            }
        }
        Err(Failure::not_found())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
