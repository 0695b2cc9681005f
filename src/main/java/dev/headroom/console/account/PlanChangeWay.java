package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import dev.headroom.change.PlanChange;
import dev.headroom.change.PlanChange.Step;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import java.time.ZoneId;
import java.util.List;

/** What is known of a change's way, the oldest first. */
final class PlanChangeWay extends OrderedList {

    PlanChangeWay(List<Step> steps, PlanChange change, ActorText actors, ZoneId zone) {
        addClassName("timeline");
        steps.forEach(step -> {
            Div line = new Div(When.second(step.at(), zone));
            line.addClassName("quiet");
            if (step.actor() != null) {
                line.add(new Span(" · " + actors.of(step.actor())));
            }
            ListItem item = new ListItem(new Span(sentence(step, change)), line);
            if (step.stripeKey() != null) {
                Code key = new Code(step.stripeKey());
                key.addClassName("quiet");
                item.add(key);
            }
            add(item);
        });
    }

    private static String sentence(Step step, PlanChange change) {
        return step.kind() == Step.Kind.ENDED ? translate("planchange.step.ended", Words.of(change.state())) : Words.of(step.kind());
    }
}
