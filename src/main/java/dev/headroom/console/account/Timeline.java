package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import dev.headroom.account.Member;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.console.account.Timelines.Happening;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The sentences of an account's history, with who and when under each. */
final class Timeline extends OrderedList {

    private final List<Member> members;
    private final SignedIn signedIn;

    Timeline(List<Happening> happenings, List<Member> members, SignedIn signedIn, ZoneId zone) {
        this.members = members;
        this.signedIn = signedIn;
        addClassName("timeline");
        happenings.forEach(each -> add(item(each, zone)));
    }

    private ListItem item(Happening happening, ZoneId zone) {
        String whom = member(happening.subject()).map(name -> ": " + name).orElse("");
        Div line = new Div(new Span(who(happening.actor()) + " · "), When.minute(happening.at(), zone));
        line.addClassName("quiet");
        return new ListItem(new Span(happening.what() + whom), line);
    }

    private String who(String actor) {
        String id = actor.substring(actor.indexOf(':') + 1);
        if (actor.equals(signedIn.actor().name())) {
            return translate("actor.you");
        }
        if (actor.startsWith("console:")) {
            return translate("actor.console");
        }
        if (actor.startsWith("api-key:")) {
            return translate("actor.api");
        }
        return actor.startsWith("member:") ? member(id).orElse(translate("actor.member")) : translate("product.name");
    }

    private Optional<String> member(String id) {
        return members.stream().filter(member -> member.id().toString().equals(id)).map(Member::name).findFirst();
    }
}
