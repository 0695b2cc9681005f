package dev.headroom.api;

import dev.headroom.error.ErrorCode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Writes an error that stops a request before GraphQL sees it, in GraphQL's shape. */
record ErrorBody(JsonMapper json) {

    void write(HttpServletResponse response, int status, ErrorCode code, String message) throws IOException {
        write(response, status, code, null, message);
    }

    void write(HttpServletResponse response, int status, ErrorCode code, @Nullable String field, String message) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        if (status == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        response.getOutputStream().write(bytes(code, field, message));
    }

    byte[] bytes(ErrorCode code, @Nullable String field, String message) {
        Map<String, Object> extensions = new HashMap<>(extensions(code));
        if (field != null) {
            extensions.put("field", field);
        }
        return json.writeValueAsBytes(Map.of("errors", List.of(Map.of("message", message, "extensions", extensions))));
    }

    static Map<String, Object> extensions(ErrorCode code) {
        return Map.of("code", code.name(), "number", code.number());
    }
}
