package dev.headroom.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** What the demo vendor is made of, as data beside the code. */
final class DemoFiles {

    private DemoFiles() {}

    static CatalogFile catalog() {
        return JsonMapper.shared().readValue(text("catalog.json"), CatalogFile.class);
    }

    static List<Company> companies() {
        return text("companies.txt").lines().map(Company::parse).toList();
    }

    static List<String> firstNames() {
        return names(0);
    }

    static List<String> lastNames() {
        return names(1);
    }

    private static List<String> names(int line) {
        return List.of(text("people.txt").lines().toList().get(line).split(" "));
    }

    private static String text(String name) {
        try (InputStream file = DemoFiles.class.getResourceAsStream("/demo/" + name)) {
            if (file == null) {
                throw new IllegalStateException("The file demo/" + name + " is not on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
