package dev.headroom.api;

import dev.headroom.error.ErrorCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies that are of another type than expected, that are too large, or that do not say how large they are. */
class BodyFilter extends OncePerRequestFilter {

    /** A batch of 1,000 usage events with properties fits easily. */
    static final long LARGEST_BYTES = 2L * 1024 * 1024;
    /** Its lines are bounded, not their number. */
    private static final String STREAMED = "/v1/usage";
    private static final Map<String, MediaType> TYPES = Map.of("/graphql", MediaType.APPLICATION_JSON, STREAMED, MediaType.APPLICATION_NDJSON);

    private final ErrorBody errors;

    BodyFilter(ErrorBody errors) {
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        MediaType expected = TYPES.get(request.getRequestURI());
        if (expected != null && request.getMethod().equals("POST") && type(request).filter(expected::equalsTypeAndSubtype).isEmpty()) {
            errors.write(response, 415, ErrorCode.INVALID_SYNTAX, "Expected a body with the Content-Type " + expected);
        } else if (!request.getRequestURI().equals(STREAMED) && isTooLarge(request)) {
            errors.write(response, 413, ErrorCode.BODY_TOO_LARGE, "A request body has a Content-Length of at most " + LARGEST_BYTES + " bytes");
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isTooLarge(HttpServletRequest request) {
        return request.getHeader("Transfer-Encoding") != null || request.getContentLengthLong() > LARGEST_BYTES;
    }

    private static Optional<MediaType> type(HttpServletRequest request) {
        try {
            return Optional.ofNullable(request.getContentType()).map(MediaType::parseMediaType);
        } catch (InvalidMediaTypeException malformed) {
            return Optional.empty();
        }
    }
}
