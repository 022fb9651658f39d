//! Other hardware than was found, as the person says it is.

use std::{
    env,
    ffi::OsString,
    fmt, fs, io,
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::Hardware;

/// The environment variable that names a file of other hardware, or holds it.
pub const HARDWARE_VARIABLE: &str = "PROVISO_HARDWARE";

/// What replaces what was found: a merge patch (RFC 7396) over [`Hardware`] as JSON. Fields that it does not name stay,
/// lists are replaced whole, and `null` takes away what may be absent.
#[derive(Debug, Clone, PartialEq)]
pub struct HardwareOverride {
    origin: Origin,
    patch: Value,
}

/// Where an override was found.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Origin {
    File(PathBuf),
    Variable,
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(formatter, "the file {}", path.display()),
            Self::Variable => write!(formatter, "the variable {HARDWARE_VARIABLE}"),
        }
    }
}

/// Other hardware was given that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("other hardware was given in {origin}, but {problem}")]
pub struct OverrideError {
    origin: Origin,
    problem: Problem,
}

#[derive(Debug, thiserror::Error)]
enum Problem {
    #[error("it cannot be read: {0}")]
    Unreadable(io::Error),
    #[error("it is not JSON: {0}")]
    NotJson(serde_json::Error),
    #[error("it is not a JSON object, with fields such as `cpu` and `memory`")]
    NotAnObject,
    #[error("`{path}` is wrong: {error}")]
    WrongField { path: String, error: serde_json::Error },
    #[error("{0}")]
    Contradiction(String),
}

impl HardwareOverride {
    /// What a file holds, if one is given; else what the environment variable [`HARDWARE_VARIABLE`] names, or holds if it
    /// begins with `{`; `None` if neither is there. An empty variable is none.
    ///
    /// # Errors
    /// If the file cannot be read, or what was given is no JSON object.
    pub fn given(file: Option<&Path>) -> Result<Option<Self>, OverrideError> {
        match file {
            Some(file) => Self::of_file(file).map(Some),
            None => Self::of_variable(env::var_os(HARDWARE_VARIABLE)),
        }
    }

    fn of_variable(value: Option<OsString>) -> Result<Option<Self>, OverrideError> {
        let Some(value) = value.filter(|value| !value.is_empty()) else { return Ok(None) };
        match value.to_str() {
            Some(text) if text.trim_start().starts_with('{') => Self::parse(Origin::Variable, text),
            _ => Self::of_file(Path::new(&value)),
        }
        .map(Some)
    }

    fn of_file(path: &Path) -> Result<Self, OverrideError> {
        let origin = Origin::File(path.to_owned());
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(origin, &text),
            Err(error) => Err(OverrideError { origin, problem: Problem::Unreadable(error) }),
        }
    }

    fn parse(origin: Origin, text: &str) -> Result<Self, OverrideError> {
        let problem = match serde_json::from_str(text) {
            Ok(patch @ Value::Object(_)) => return Ok(Self { origin, patch }),
            Ok(_) => Problem::NotAnObject,
            Err(error) => Problem::NotJson(error),
        };
        Err(OverrideError { origin, problem })
    }

    /// The hardware with what was given in place of what was found.
    ///
    /// # Errors
    /// If a field is unknown or of the wrong kind, or the result contradicts itself, as more cores than threads.
    pub fn over(&self, found: &Hardware) -> Result<Hardware, OverrideError> {
        let wrong = |problem| OverrideError { origin: self.origin.clone(), problem };
        let wrong_field = |error: serde_path_to_error::Error<serde_json::Error>| {
            let path = error.path().to_string();
            wrong(Problem::WrongField { path, error: error.into_inner() })
        };
        let mut merged =
            serde_path_to_error::serialize(found, serde_json::value::Serializer).map_err(wrong_field)?;
        merge(&mut merged, &self.patch);
        let hardware: Hardware = serde_path_to_error::deserialize(merged).map_err(wrong_field)?;
        match contradiction(&hardware) {
            Some(says) => Err(wrong(Problem::Contradiction(says))),
            None => Ok(hardware),
        }
    }
}

/// Merges as RFC 7396 says, but that `null` is written and not taken away: for a field that may be absent both are the same,
/// and of one that is unknown or must be there it is told that it is wrong.
fn merge(found: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        found.clone_from(patch);
        return;
    };
    if !found.is_object() {
        *found = Value::Object(serde_json::Map::new());
    }
    if let Value::Object(found) = found {
        for (name, value) in patch {
            merge(found.entry(name).or_insert(Value::Null), value);
        }
    }
}

/// What of this hardware cannot be.
fn contradiction(hardware: &Hardware) -> Option<String> {
    let (cpu, memory) = (&hardware.cpu, &hardware.memory);
    let (fast, cores, threads) = (cpu.performance_cores, cpu.physical_cores, cpu.available_threads);
    let at_least = [
        ("cpu.performance_cores", fast as u64, 1, ""),
        ("cpu.physical_cores", cores as u64, fast as u64, ", as `cpu.performance_cores` is"),
        ("cpu.available_threads", threads as u64, cores as u64, ", as `cpu.physical_cores` is"),
        ("memory.total_mb", memory.total_mb, memory.available_mb, ", as `memory.available_mb` is"),
    ];
    let (name, is, least, reason) = at_least.into_iter().find(|(_, is, least, _)| is < least)?;
    Some(format!("`{name}` is {is} and must be at least {least}{reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hardware::{Disk, Power, machine};

    fn found() -> Hardware {
        let folder = "models".into();
        let disk = Some(Disk { folder, free_mb: 100, read_mb_per_s: Some(512.5) });
        Hardware { disk, power: Power::Battery(Some(50)), ..machine(4, 8, &["portable", "avx2"]) }
    }

    fn over(patch: &str) -> Result<Hardware, OverrideError> {
        HardwareOverride::parse(Origin::File("other.json".into()), patch)?.over(&found())
    }

    #[test]
    fn named_fields_are_replaced_and_the_others_stay() {
        assert_eq!(over("{}").unwrap(), found());
        let changed = over(
            r#"{"cpu": {"kernels": ["portable"], "physical_cores": 2, "performance_cores": 2},
                               "memory": {"available_mb": 1000, "limit_mb": 500}, "power": "mains"}"#,
        );
        let mut expected = found();
        expected.cpu.kernels.truncate(1);
        (expected.cpu.physical_cores, expected.cpu.performance_cores) = (2, 2);
        (expected.memory.available_mb, expected.memory.limit_mb) = (1000, Some(500));
        expected.power = Power::Mains;
        assert_eq!(changed.unwrap(), expected);
    }

    #[test]
    fn null_takes_away_what_may_be_absent() {
        let changed =
            over(r#"{"disk": null, "memory": {"limit_mb": null}, "power": {"battery": null}}"#).unwrap();
        assert_eq!(
            (changed.disk, changed.memory.limit_mb, changed.power),
            (None, None, Power::Battery(None))
        );
        assert_eq!(over(r#"{"disk": {"read_mb_per_s": null}}"#).unwrap().disk.unwrap().read_mb_per_s, None);
    }

    #[test]
    fn a_whole_machine_replaces_another() {
        let other = machine(64, 128, &["portable", "avx512"]);
        let patch = serde_json::to_string(&other).unwrap();
        assert_eq!(over(&patch).unwrap(), other);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (patch, says) in [
            ("", "other.json, but it is not JSON"),
            ("[1]", "not a JSON object"),
            (r#"{"cpu": {"cores": 4}}"#, "`cpu.cores` is wrong: unknown field `cores`"),
            (r#"{"gpu": null}"#, "unknown field `gpu`"),
            (r#"{"cpu": null}"#, "`cpu` is wrong"),
            (r#"{"memory": {"total_mb": "8 GB"}}"#, "`memory.total_mb` is wrong: invalid type: string"),
            (r#"{"memory": {"total_mb": -1}}"#, "`memory.total_mb` is wrong"),
            (r#"{"gpus": [{"kind": "amd"}]}"#, "`gpus[0].kind` is wrong: unknown variant `amd`"),
            (r#"{"power": "wind"}"#, "`power` is wrong"),
            (r#"{"cpu": {"physical_cores": 16}}"#, "`cpu.available_threads` is 8 and must be at least 16"),
            (r#"{"cpu": {"performance_cores": 0}}"#, "`cpu.performance_cores` is 0 and must be at least 1"),
            (
                r#"{"memory": {"total_mb": 100}}"#,
                "`memory.total_mb` is 100 and must be at least 6000, as `memory.available_mb` is",
            ),
        ] {
            let error = over(patch).unwrap_err().to_string();
            assert!(error.contains(says) && error.contains("other.json"), "{patch}: {error}");
        }
    }

    #[test]
    fn the_variable_names_a_file_or_holds_the_hardware() {
        let of_variable = |value: &str| HardwareOverride::of_variable(Some(value.into()));
        assert_eq!(HardwareOverride::of_variable(None).unwrap(), None);
        assert_eq!(of_variable("").unwrap(), None);
        let held = of_variable(" {\"power\": \"mains\"}").unwrap().unwrap();
        assert_eq!(held.over(&found()).unwrap().power, Power::Mains);
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), r#"{"power": "unknown"}"#).unwrap();
        let named = of_variable(file.path().to_str().unwrap()).unwrap().unwrap();
        assert_eq!(named.over(&found()).unwrap().power, Power::Unknown);
        assert_eq!(HardwareOverride::given(Some(file.path())).unwrap(), Some(named));
        let broken = of_variable("{\"power\"").unwrap_err().to_string();
        assert!(broken.contains("the variable PROVISO_HARDWARE, but it is not JSON"), "{broken}");
        let missing = of_variable("no-such-file.json").unwrap_err().to_string();
        assert!(missing.contains("the file no-such-file.json, but it cannot be read"), "{missing}");
    }
}
