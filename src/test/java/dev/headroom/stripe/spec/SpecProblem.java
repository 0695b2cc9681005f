package dev.headroom.stripe.spec;

/** Something in a request or an answer that the specification does not allow. */
record SpecProblem(String path, String problem) {}
