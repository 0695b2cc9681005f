package dev.headroom.demo;

import dev.headroom.account.MemberState;

/** Somebody who works at a company, or was asked to. */
record Person(String key, String name, String email, MemberState state) {}
