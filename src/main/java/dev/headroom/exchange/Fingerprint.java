package dev.headroom.exchange;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file and everything that it was compared with, as one short text. */
final class Fingerprint {

    private static final int LENGTH = 32;

    private Fingerprint() {}

    static String of(String yaml, Known known) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {yaml, new FileWriting(known).text(_ -> true), known.told()}) {
                digest.update(digest(part));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Of fixed length, so that no end of one part looks like the beginning of the next. */
    private static byte[] digest(String part) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(part.getBytes(StandardCharsets.UTF_8));
    }
}
