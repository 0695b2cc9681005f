package dev.headroom.history;

import dev.headroom.actor.Actor;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.history.HistoryFiles.AddToHistory;
import dev.headroom.history.HistoryFiles.BringHistory;
import dev.headroom.history.HistoryFiles.OpenHistory;
import dev.headroom.history.HistoryMistake.Problem;
import dev.headroom.history.HistoryReports.CurrencyReport;
import dev.headroom.history.HistoryReports.MonthWith;
import dev.headroom.history.HistoryRuns.OfHistory;
import dev.headroom.history.HistoryRuns.ReadStripe;
import dev.headroom.money.Currencies;
import dev.headroom.revenue.RevenueHistories;
import java.util.Currency;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class HistoryController {

    private static final int LARGEST_PAGE = 100;
    private static final Pattern CURSOR = Pattern.compile("(\\d{1,9}):(\\d{1,18})");

    private final HistoryFiles files;
    private final HistoryRuns runs;
    private final HistoryReports reports;
    private final RevenueHistories pasts;

    HistoryController(HistoryFiles files, HistoryRuns runs, HistoryReports reports, RevenueHistories pasts) {
        this.files = files;
        this.runs = runs;
        this.reports = reports;
        this.pasts = pasts;
    }

    /** The past of a currency is to be closed. */
    record CloseHistory(String currency) {}

    record RevenueHistoryClosed(String currency, boolean before) {}

    @QueryMapping
    List<HistoryRun> revenueHistories(@Argument int first, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        return files.newest(actor, first);
    }

    @QueryMapping
    HistoryRun revenueHistory(@Argument String id, @ContextValue Actor actor) {
        return files.byId(actor, id);
    }

    @MutationMapping
    HistoryRun openRevenueHistory(@Argument OpenHistory input, @ContextValue Actor actor) {
        return files.open(actor, input);
    }

    @MutationMapping
    HistoryRun addToRevenueHistory(@Argument AddToHistory input, @ContextValue Actor actor) {
        return files.add(actor, input);
    }

    @MutationMapping
    HistoryRun bringRevenueHistory(@Argument BringHistory input, @ContextValue Actor actor) {
        return files.bring(actor, input);
    }

    @MutationMapping
    HistoryRun readRevenueHistoryFromStripe(@Argument ReadStripe input, @ContextValue Actor actor) {
        return runs.readStripe(actor, input);
    }

    @MutationMapping
    HistoryRun retryRevenueHistory(@Argument OfHistory input, @ContextValue Actor actor) {
        return runs.retry(actor, input);
    }

    @MutationMapping
    HistoryRun discardRevenueHistory(@Argument OfHistory input, @ContextValue Actor actor) {
        return runs.discard(actor, input);
    }

    @MutationMapping
    RevenueHistoryClosed closeRevenueHistory(@Argument CloseHistory input, @ContextValue Actor actor) {
        Currency currency = Currencies.parse(input.currency());
        return new RevenueHistoryClosed(currency.getCurrencyCode(), !pasts.close(actor, currency));
    }

    @SchemaMapping(typeName = "RevenueHistory")
    List<CurrencyReport> currencies(HistoryRun run, @ContextValue Actor actor) {
        return reports.currencies(actor, run);
    }

    /** A cursor is a line and what was found in it, as {@code 12:345}. */
    @SchemaMapping(typeName = "RevenueHistory")
    List<HistoryMistake> mistakes(HistoryRun run, @Argument int first, @Argument @Nullable String after, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        return reports.mistakes(actor, run, after == null ? null : last(after), first);
    }

    private static HistoryMistake last(String cursor) {
        Matcher matcher = CURSOR.matcher(cursor);
        if (!matcher.matches()) {
            throw HeadroomException.invalid("after", "Expected the cursor of a mistake");
        }
        return new HistoryMistake(Long.parseLong(matcher.group(2)), Integer.parseInt(matcher.group(1)), null, null, Problem.VALUE, null, null);
    }

    @SchemaMapping(typeName = "RevenueHistory")
    int placed(HistoryRun run) {
        return run.counts().placed();
    }

    @SchemaMapping(typeName = "RevenueHistory")
    String csv(HistoryRun run) {
        return HistoryDownloadController.path(run);
    }

    @SchemaMapping(typeName = "RevenueHistoryMistake")
    String cursor(HistoryMistake mistake) {
        return mistake.line() + ":" + mistake.id();
    }

    @SchemaMapping(typeName = "RevenueHistoryCurrency")
    String currency(CurrencyReport of) {
        return of.currency().getCurrencyCode();
    }

    @SchemaMapping(typeName = "RevenueHistoryCurrency")
    boolean closed(CurrencyReport of, @ContextValue Actor actor) {
        return reports.open(actor, of.currency()).closed();
    }

    @SchemaMapping(typeName = "RevenueHistoryCurrency")
    @Nullable String recordedSince(CurrencyReport of, @ContextValue Actor actor) {
        RevenueHistories.Open open = reports.open(actor, of.currency());
        return open.recordedSince() == null ? null : open.recordedSince().toString();
    }

    @SchemaMapping(typeName = "RevenueHistoryMonth")
    String month(MonthWith of) {
        return of.month().toString();
    }
}
