package dev.headroom.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lines of text as a document of PDF 1.4 in one of the typefaces that every reader has; what that typeface lacks is a question mark. */
final class Pdf {

    private static final int ON_A_PAGE = 48;
    private static final int LONGEST = 95;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Integer> offsets = new ArrayList<>();

    private Pdf() {}

    static byte[] of(List<String> lines) {
        List<List<String>> pages = new ArrayList<>();
        for (int from = 0; from == 0 || from < lines.size(); from += ON_A_PAGE) {
            pages.add(lines.subList(from, Math.min(lines.size(), from + ON_A_PAGE)));
        }
        return new Pdf().document(pages);
    }

    /** Objects: 1 the catalogue, 2 the pages, 3 the typeface, then each page and what stands on it. */
    private byte[] document(List<List<String>> pages) {
        write("%PDF-1.4\n");
        object("<< /Type /Catalog /Pages 2 0 R >>");
        StringBuilder kids = new StringBuilder();
        for (int page = 0; page < pages.size(); page++) {
            kids.append(4 + 2 * page).append(" 0 R ");
        }
        object("<< /Type /Pages /Kids [ " + kids + "] /Count " + pages.size() + " >>");
        object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        for (int page = 0; page < pages.size(); page++) {
            object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents " + (5 + 2 * page) + " 0 R >>");
            String text = text(pages.get(page));
            object("<< /Length " + text.getBytes(StandardCharsets.ISO_8859_1).length + " >>\nstream\n" + text + "\nendstream");
        }
        int table = out.size();
        write("xref\n0 " + (offsets.size() + 1) + "\n0000000000 65535 f \n");
        offsets.forEach(offset -> write("%010d 00000 n \n".formatted(offset)));
        write("trailer\n<< /Size " + (offsets.size() + 1) + " /Root 1 0 R >>\nstartxref\n" + table + "\n%%EOF\n");
        return out.toByteArray();
    }

    private static String text(List<String> lines) {
        StringBuilder text = new StringBuilder("BT /F1 11 Tf 50 790 Td 15 TL\n");
        lines.forEach(line -> text.append('(').append(escaped(line.substring(0, Math.min(LONGEST, line.length())))).append(") Tj T*\n"));
        return text.append("ET").toString();
    }

    private static String escaped(String line) {
        return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)");
    }

    private void object(String body) {
        offsets.add(out.size());
        write(offsets.size() + " 0 obj\n" + body + "\nendobj\n");
    }

    private void write(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
