package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.console.Figures;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.console.account.Timelines.Bulk;
import dev.headroom.console.account.Timelines.Happening;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The sentences of an account's history, with who and when under each; many of a kind in a row are one line that unfolds. */
final class Timeline extends OrderedList {

    /** How Stripe begins the ids of invoices. */
    private static final String INVOICE = "in_";

    private final AccountReading reading;
    private final ActorText actors;
    private final ZoneId zone;

    Timeline(List<Happening> happenings, AccountReading reading, SignedIn signedIn) {
        this.reading = reading;
        this.actors = new ActorText(reading, signedIn);
        this.zone = reading.account().zone();
        addClassName("timeline");
        Runs.of(happenings).forEach(run -> add(item(run)));
    }

    private ListItem item(List<Happening> run) {
        Happening newest = run.getFirst();
        Div line = new Div(new Span(actors.of(newest.actor()) + " · "));
        line.add(run.size() == 1 ? When.minute(newest.at(), zone) : new Span(span(newest, run.getLast())));
        line.addClassName("quiet");
        if (run.size() == 1 && newest.subject().startsWith(INVOICE)) {
            line.add(new Span(" · "), new Anchor(InvoiceList.address(reading.account(), newest.subject()), translate("timeline.invoice")));
        }
        if (run.size() == 1 && newest.change() != null) {
            line.add(new Span(" · "), new Anchor(PlanChangeView.address(reading.account().key(), newest.change()), translate("timeline.details")));
        }
        return new ListItem(newest.bulk() == null || run.size() == 1 ? new Span(sentence(newest)) : folded(newest.bulk(), run), line);
    }

    private String span(Happening newest, Happening oldest) {
        String first = When.dayText(oldest.at(), zone);
        String last = When.dayText(newest.at(), zone);
        return first.equals(last) ? last : translate("timeline.span", first, last);
    }

    private Component folded(Bulk bulk, List<Happening> run) {
        UnorderedList each = new UnorderedList();
        run.forEach(happening -> each.add(new ListItem(new Span(sentence(happening) + " · "), When.day(happening.at(), zone))));
        Details folded = new Details(many(bulk, Figures.number(run.size())), each);
        folded.addClassName("run");
        return folded;
    }

    private static String many(Bulk bulk, String count) {
        return switch (bulk) {
            case MEMBERS -> translate("timeline.addMember.many", count);
            case SEATS -> translate("timeline.assignSeat.many", count);
            case SEATS_BACK -> translate("timeline.releaseSeat.many", count);
        };
    }

    private String sentence(Happening happening) {
        return actors.member(happening.subject())
                .or(() -> card(happening.subject()))
                .map(subject -> translate("timeline.of", happening.what(), subject))
                .orElse(happening.what());
    }

    private Optional<String> card(String id) {
        return reading.cards().stream().filter(card -> card.id().toString().equals(id)).map(CardText::of).findFirst();
    }
}
