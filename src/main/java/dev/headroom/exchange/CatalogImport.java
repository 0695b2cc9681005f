package dev.headroom.exchange;

import java.util.List;

/**
 * What applying a file would do, or what is wrong with it.
 *
 * @param fingerprint of the file and the catalogue that it was compared with
 * @param findings    in the order of the file
 * @param differences none while a finding is an error
 */
public record CatalogImport(String fingerprint, List<FileFinding> findings, List<FileDifference> differences) {

    public CatalogImport {
        findings = List.copyOf(findings);
        differences = List.copyOf(differences);
    }

    /**
     * Something that is wrong in a file, where it stands.
     *
     * @param error  whether it keeps the file from being applied
     * @param line   from 1
     * @param column from 1
     * @param path   of the value: {@code products[0].plans[1].rank}
     */
    public record FileFinding(boolean error, int line, int column, String path, String message) {}

    public boolean applicable() {
        return findings.stream().noneMatch(FileFinding::error);
    }

    /** Whether what is sold is as the file says, as far as the file says anything. */
    public boolean agrees() {
        return applicable() && differences.stream().allMatch(difference -> difference.effect() == FileDifference.Effect.LEFT);
    }
}
