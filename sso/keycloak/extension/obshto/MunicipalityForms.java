package obshto;

import java.util.Map;
import java.util.regex.Pattern;
import org.keycloak.forms.login.LoginFormsPages;
import org.keycloak.forms.login.freemarker.FreeMarkerLoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.theme.Theme;
import jakarta.ws.rs.core.UriBuilder;
import java.util.Locale;
import java.util.Properties;

/** Tells every page of signing in from which municipality the person came. */
public final class MunicipalityForms extends FreeMarkerLoginFormsProvider {
    private static final String ASKED = "client_request_param_municipality";
    private static final Pattern SLUG = Pattern.compile("[a-z][a-z0-9-]{1,30}");

    public MunicipalityForms(KeycloakSession session) {
        super(session);
    }

    @Override
    protected void createCommonAttributes(
            Theme theme, Locale locale, Properties messages, UriBuilder base, LoginFormsPages page) {
        super.createCommonAttributes(theme, locale, messages, base, page);
        OrganizationModel found = municipality();
        if (found != null) {
            attributes.put("municipality", Map.of("slug", found.getAlias(), "title", title(found, locale)));
        }
    }

    /** Only an organization of ours; a word that somebody wrote into the address is never shown. */
    private OrganizationModel municipality() {
        AuthenticationSessionModel current = session.getContext().getAuthenticationSession();
        String slug = current == null ? null : current.getClientNote(ASKED);
        if (slug == null || !SLUG.matcher(slug).matches()) {
            return null;
        }
        OrganizationModel found = session.getProvider(OrganizationProvider.class).getByAlias(slug);
        return found != null && found.isEnabled() ? found : null;
    }

    private static String title(OrganizationModel organization, Locale locale) {
        var titles = organization.getAttributes().get("title_" + locale.getLanguage());
        return titles == null || titles.isEmpty() ? organization.getName() : titles.get(0);
    }
}
