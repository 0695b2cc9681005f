package dev.headroom.exchange;

import dev.headroom.draft.Draft;
import dev.headroom.draft.DraftId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** A file and everything that it was compared with, as one short text. */
final class Fingerprint {

    private static final int LENGTH = 32;

    private Fingerprint() {}

    static String of(String yaml, Known known) {
        String drafts = known.drafts().values().stream()
                .sorted(Comparator.comparing((Draft draft) -> draft.id().value()))
                .map(draft -> text(draft.id()) + " " + draft.revision())
                .collect(Collectors.joining("\n"));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {yaml, new FileWriting(known).text(_ -> true), drafts}) {
                digest.update(digest(part));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(DraftId id) {
        return id.value().toString();
    }

    /** Of fixed length, so that no end of one part looks like the beginning of the next. */
    private static byte[] digest(String part) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(part.getBytes(StandardCharsets.UTF_8));
    }
}
