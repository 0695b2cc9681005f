package dev.headroom.demo;

import java.util.List;

/** All that an account does, in order. */
record Biography(Company company, List<Step> steps) {

    Biography {
        steps = List.copyOf(steps);
    }
}
