package dev.headroom.sandbox;

import java.security.SecureRandom;

/** Ids and secrets as Stripe shapes them: a prefix and letters and digits that nobody can guess. */
final class Tokens {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private Tokens() {}

    static String id(Kind kind) {
        return kind.prefix() + "_1S" + random(22);
    }

    static String id(String prefix) {
        return prefix + "_1S" + random(22);
    }

    static String couponCode() {
        return random(8);
    }

    static String secret(String prefix) {
        return prefix + "_" + random(32);
    }

    /** The letters in front of every invoice number of a customer. */
    static String invoicePrefix() {
        StringBuilder text = new StringBuilder(8);
        for (int i = 0; i < 8; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(36)));
        }
        return text.toString();
    }

    private static String random(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
