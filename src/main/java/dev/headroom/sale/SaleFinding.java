package dev.headroom.sale;

/**
 * Something that keeps a draft of an offer or a bundle from being put live.
 *
 * @param path    of the field: percentOff, until, members[1].product, ends
 * @param message what would be right
 */
public record SaleFinding(String path, String message) {}
