package dev.headroom.demo;

/** Somebody who works at a company. */
record Person(String key, String name, String email) {}
