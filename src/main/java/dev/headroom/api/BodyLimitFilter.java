package dev.headroom.api;

import dev.headroom.error.ErrorCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies that are too large, and those that do not say how large they are. */
class BodyLimitFilter extends OncePerRequestFilter {

    /** A batch of 1,000 usage events with properties fits easily. */
    private static final String STREAMED = "/v1/usage";
    static final long LARGEST_BYTES = 2L * 1024 * 1024;

    private final ErrorBody errors;

    BodyLimitFilter(ErrorBody errors) {
        this.errors = errors;
    }

    /** What is streamed is bounded by the line, not by the body. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().equals(STREAMED);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean chunked = request.getHeader("Transfer-Encoding") != null;
        if (chunked || request.getContentLengthLong() > LARGEST_BYTES) {
            errors.write(response, 413, ErrorCode.BODY_TOO_LARGE, "A request body has a Content-Length of at most " + LARGEST_BYTES + " bytes");
            return;
        }
        chain.doFilter(request, response);
    }
}
