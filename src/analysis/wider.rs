//! Runs a loop over bytes with the widest vectors that the processor has: what is compiled for every x86-64 works on
//! sixteen bytes at a time, with AVX2 on thirty-two. Measured: 3 % of a run over clean text; see `docs/measurements.md`.
#![allow(unsafe_code)]

/// What `work` says, compiled for AVX2 where the processor has it. `work` should be a short loop over a few dozen bytes.
#[inline(always)]
pub(crate) fn widest<A: Copy, R>(given: A, work: impl Fn(A) -> R) -> R {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has what the function is compiled for.
        return unsafe { with_avx2(given, work) };
    }
    work(given)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn with_avx2<A, R>(given: A, work: impl Fn(A) -> R) -> R {
    work(given)
}
