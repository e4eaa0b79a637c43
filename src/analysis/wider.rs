//! Runs a loop over bytes with the widest vectors that the processor has: what is compiled for every x86-64 works on
//! sixteen bytes at a time, with AVX2 on thirty-two. Measured: 3 % of a run over clean text; see `docs/measurements.md`.
#![allow(unsafe_code)]

/// A short loop over a few dozen bytes. A trait, since closures and functions that are passed on may be compiled by
/// themselves, and then for every processor.
pub(crate) trait Loop {
    /// What it gives.
    type Out;
    /// Runs it. To be marked `#[inline(always)]`: so it is compiled for AVX2 together with its caller.
    fn run(self) -> Self::Out;
}

/// What a loop gives, compiled for AVX2 where the processor has it.
#[inline(always)]
pub(crate) fn widest<L: Loop>(work: L) -> L::Out {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has what the function is compiled for.
        return unsafe { with_avx2(work) };
    }
    work.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn with_avx2<L: Loop>(work: L) -> L::Out {
    work.run()
}
