package dev.headroom.console.impact;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.impact.ImpactLine;
import dev.headroom.impact.ImpactRun;
import dev.headroom.impact.LinePages.Kind;
import dev.headroom.subscription.SubscriptionId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A few of those who can move, with the whole of what moving each at once would cost today: the greatest rises and falls, then whoever comes first. */
@StyleSheet("quoting.css")
public final class SamplesPanel extends Div {

    private static final int MOST = 5;
    private static final int EXTREMES = 2;
    private static final int LOOKED_THROUGH = 100;

    private final ImpactServices services;
    private final ImpactRun run;

    public SamplesPanel(ImpactServices services, ImpactRun run) {
        this.services = services;
        this.run = run;
        addClassName("quote");
        Actor actor = services.signedIn().actor();
        List<ImpactLine> samples = samples();
        Map<AccountId, Account> owners = services.accounts().byIds(actor, samples.stream().map(ImpactLine::account).distinct().toList());
        samples.forEach(line -> add(sample(line, Optional.ofNullable(owners.get(line.account())).map(Account::name).orElse(line.account().toString()))));
    }

    private List<ImpactLine> samples() {
        Map<SubscriptionId, ImpactLine> chosen = new LinkedHashMap<>();
        Stream.of(lines(Kind.RISES, EXTREMES), lines(Kind.FALLS, EXTREMES), lines(null, LOOKED_THROUGH))
                .flatMap(List::stream)
                .filter(ImpactLine::moves)
                .forEach(line -> chosen.putIfAbsent(line.subscription(), line));
        return chosen.values().stream().limit(MOST).toList();
    }

    private List<ImpactLine> lines(@Nullable Kind kind, int most) {
        return services.lines().page(services.signedIn().actor(), run.id(), kind, null, null, most).lines();
    }

    private Details sample(ImpactLine line, String name) {
        Details sample = new Details(translate("impact.sample", name, LineText.recurring(line)), QuotedToday.of(services, run, line));
        sample.setOpened(getComponentCount() == 0);
        return sample;
    }
}
