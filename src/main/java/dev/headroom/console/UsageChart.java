package dev.headroom.console;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Bars over time, drawn by Apache ECharts; whoever shows it says the same in words and in a table, which this is only the picture of. */
@Tag("usage-chart")
@NpmPackage(value = "echarts", version = "6.1.0")
@JsModule("./charts/usage-chart.ts")
public final class UsageChart extends Component {

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * @param labels  when each point begins, as it is read
     * @param shown   the values as they are read
     * @param running what is said of the last point while it goes on; absent when it has ended
     */
    public record Picture(List<String> labels, List<Long> values, List<String> shown, @Nullable String running) {

        public Picture {
            labels = List.copyOf(labels);
            values = List.copyOf(values);
            shown = List.copyOf(shown);
        }
    }

    /** @param summary what there is to see, in a sentence */
    public UsageChart(Picture picture, String summary) {
        getElement().setAttribute("role", "img");
        getElement().setAttribute("aria-label", summary);
        getElement().setAttribute("picture", JSON.writeValueAsString(picture));
    }
}
