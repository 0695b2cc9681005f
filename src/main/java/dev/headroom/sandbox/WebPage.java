package dev.headroom.sandbox;

import java.nio.charset.StandardCharsets;

/** What a browser is shown. */
record WebPage(int status, String type, byte[] body) {

    static WebPage html(int status, String body) {
        return text(status, "text/html; charset=utf-8", body);
    }

    static WebPage json(String body) {
        return text(200, "application/json", body);
    }

    static WebPage pdf(byte[] body) {
        return new WebPage(200, "application/pdf", body);
    }

    private static WebPage text(int status, String type, String body) {
        return new WebPage(status, type, body.getBytes(StandardCharsets.UTF_8));
    }
}
