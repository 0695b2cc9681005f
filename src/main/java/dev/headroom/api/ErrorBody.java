package dev.headroom.api;

import dev.headroom.error.ErrorCode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Writes an error that stops a request before GraphQL sees it, in GraphQL's shape. */
record ErrorBody(JsonMapper json) {

    void write(HttpServletResponse response, int status, ErrorCode code, String message) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        if (status == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        response.getOutputStream().write(bytes(code, message));
    }

    byte[] bytes(ErrorCode code, String message) {
        return json.writeValueAsBytes(Map.of("errors", List.of(Map.of("message", message, "extensions", extensions(code)))));
    }

    static Map<String, Object> extensions(ErrorCode code) {
        return Map.of("code", code.name(), "number", code.number());
    }
}
