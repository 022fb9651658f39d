//! Landlock and seccomp for the reading process.

use std::collections::BTreeMap;

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, LandlockStatus, RestrictionStatus, Ruleset,
    RulesetAttr, RulesetError, RulesetStatus, Scope,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};

use super::{Duration, Held, limit_everything};

/// The version of Landlock of which everything is asked for: files, TCP, and signals to other processes (Linux 6.12).
const WHOLE: ABI = ABI::V6;

pub fn give_up_files(processor_time: Duration) -> Held {
    // An orphan would go on parsing for nobody.
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
    let held = match landlock() {
        Ok(status) => held_by(&status),
        Err(error) => Held::Not(error.to_string()),
    };
    // After Landlock, which opens a descriptor for its rules.
    limit_everything(processor_time);
    held
}

/// A set of rules that allows nothing, as far as the kernel knows what is to be refused.
fn landlock() -> Result<RestrictionStatus, RulesetError> {
    Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(WHOLE))?
        .handle_access(AccessNet::from_all(WHOLE))?
        .scope(Scope::from_all(WHOLE))?
        .create()?
        .restrict_self()
}

fn held_by(status: &RestrictionStatus) -> Held {
    match (&status.ruleset, &status.landlock) {
        (RulesetStatus::FullyEnforced, _) => Held::Fully,
        (RulesetStatus::PartiallyEnforced, LandlockStatus::Available { effective_abi, .. }) => {
            Held::Partly(format!(
                "this kernel's Landlock is {effective_abi:?}, and {WHOLE:?} is the first that refuses all of it"
            ))
        }
        (_, LandlockStatus::NotEnabled) => Held::Not("Landlock is switched off in this kernel".into()),
        (_, LandlockStatus::NotImplemented) => Held::Not("this kernel has no Landlock".into()),
        _ => Held::Not("this kernel does not enforce Landlock".into()),
    }
}

pub fn give_up_calls() -> Held {
    match filter().and_then(|filter| seccompiler::apply_filter_all_threads(&filter)) {
        Ok(()) => Held::Fully,
        Err(error) => Held::Not(error.to_string()),
    }
}

fn filter() -> Result<BpfProgram, seccompiler::Error> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = ALWAYS.iter().map(|&call| (call, Vec::new())).collect();
    rules.insert(libc::SYS_read, vec![only(is(0, 0)?)?]);
    rules.insert(libc::SYS_write, vec![only(is(0, 1)?)?, only(is(0, 2)?)?]);
    rules.insert(libc::SYS_writev, vec![only(is(0, 1)?)?, only(is(0, 2)?)?]);
    for call in [libc::SYS_mmap, libc::SYS_mprotect] {
        rules.insert(call, vec![only(without(2, libc::PROT_EXEC as u64)?)?]);
    }
    // How a process ends itself when memory or stack is used up.
    rules.insert(libc::SYS_tgkill, vec![only(is(0, u64::from(std::process::id()))?)?]);
    let architecture = std::env::consts::ARCH.try_into()?;
    let refused = SeccompAction::Errno(libc::EPERM as u32);
    Ok(SeccompFilter::new(rules, refused, SeccompAction::Allow, architecture)?.try_into()?)
}

/// What is allowed whatever its arguments are: memory, waiting, time, chance, the handling of own signals, and the end.
const ALWAYS: &[i64] = &[
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_brk,
    libc::SYS_futex,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_restart_syscall,
    libc::SYS_getrandom,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_getpid,
    libc::SYS_gettid,
    // A library that a program with a webview loads starts a thread before `main`. Where that comes to its first turn only now, the C
    // library ends the whole process if these are refused.
    libc::SYS_rseq,
    libc::SYS_set_robust_list,
    libc::SYS_close,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

fn only(condition: SeccompCondition) -> Result<SeccompRule, seccompiler::Error> {
    Ok(SeccompRule::new(vec![condition])?)
}

fn is(argument: u8, value: u64) -> Result<SeccompCondition, seccompiler::Error> {
    Ok(SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value)?)
}

fn without(argument: u8, bits: u64) -> Result<SeccompCondition, seccompiler::Error> {
    Ok(SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(bits), 0)?)
}
