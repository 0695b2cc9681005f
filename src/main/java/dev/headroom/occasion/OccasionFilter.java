package dev.headroom.occasion;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Makes every request an occasion, whose number its answer names, also where it is refused. The number is ours: one that callers chose could be that of
 * somebody else's acts.
 */
public final class OccasionFilter extends OncePerRequestFilter {

    /** The header of an answer. */
    public static final String HEADER = "Correlation-Id";

    private final Origin origin;

    /** @param origin of what comes by this door, as far as the door tells */
    public OccasionFilter(Origin origin) {
        this.origin = origin;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        Occasion occasion = Occasion.from(origin);
        response.setHeader(HEADER, occasion.id().toString());
        proceed(occasion, request, response, chain);
    }

    /** Everything behind a filter, as an occasion. */
    public static void proceed(Occasion occasion, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            occasion.<Void, Exception>call(() -> {
                chain.doFilter(request, response);
                return null;
            });
        } catch (ServletException | IOException | RuntimeException thrown) {
            throw thrown;
        } catch (Exception impossible) {
            throw new ServletException(impossible);
        }
    }
}
