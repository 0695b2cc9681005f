package dev.headroom.console.review;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import dev.headroom.account.Account;
import dev.headroom.actor.Permission;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.revenue.MovementFilter;
import dev.headroom.revenue.MovementPages;
import dev.headroom.revenue.PayingAccounts;
import jakarta.annotation.security.PermitAll;
import java.util.Set;

/** An account's business review on one printed page: what it bought, what it pays and why, what it uses, what it could have, and for how much. */
@Route("accounts/:" + ReviewView.ACCOUNT + "/review")
@PermitAll
@StyleSheet("plots.css")
class ReviewView extends ConsolePage implements BeforeEnterObserver {

    static final String ACCOUNT = "account";

    private final SignedIn signedIn;
    private final ReviewReadings readings;
    private final MovementPages movements;
    private final PayingAccounts paying;
    private final Div content = new Div();

    ReviewView(SignedIn signedIn, ReviewReadings readings, MovementPages movements, PayingAccounts paying) {
        this.signedIn = signedIn;
        this.readings = readings;
        this.movements = movements;
        this.paying = paying;
        addClassName("report");
        add(content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        try {
            show(readings.of(signedIn.actor(), event.getRouteParameters().get(ACCOUNT).orElse(""), paying));
        } catch (HeadroomException refused) {
            if (refused.code() != ErrorCode.NOT_FOUND) {
                throw refused;
            }
            event.rerouteToError(NotFoundException.class);
        }
    }

    private void show(Review review) {
        Account account = review.account();
        above(account.name(), "accounts/" + account.key());
        title(translate("review.title", account.name()));
        Button print = new Button(translate("revenue.print"), click -> UI.getCurrent().getPage().executeJs("window.print()"));
        print.addThemeVariants(ButtonVariant.PRIMARY);
        actions(print);
        ReviewTables tables = new ReviewTables(review);
        content.removeAll();
        content.add(
                new Paragraph(translate("review.of", When.minuteText(review.at(), account.zone()), account.zone().getId(), account.currency().getCurrencyCode())),
                new Section(translate("review.words"), words(review)), new Section(translate("account.subscriptions"), tables.bought()));
        if (signedIn.may(Permission.REVENUE)) {
            MovementFilter filter = new MovementFilter(null, null, null, Set.of(), account.id().value(), null, null, null);
            content.add(new Section(translate("review.history"), ReviewTables.history(movements.page(signedIn.actor(), filter, null, ReviewTables.COUNTED_MOVEMENTS))));
        }
        content.add(
                new Section(translate("account.usage"), tables.usage()), new Section(translate("review.proposals"), tables.proposals()),
                new Section(translate("review.space"), tables.space()));
    }

    private static Component words(Review review) {
        return new UnorderedList(ReviewText.of(review).stream().map(ListItem::new).toArray(ListItem[]::new));
    }
}
