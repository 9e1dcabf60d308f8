# syntax=docker/dockerfile:1
# Keycloak for production, with our pages and the extension that tells them whose portal it is.
#
#   docker build --file deploy/keycloak.Dockerfile --tag registry.example/obshto-keycloak:0.12.0 .
#
# Bases by digest: --build-arg KEYCLOAK=…@sha256:… and --build-arg JAVA=…@sha256:…
ARG KEYCLOAK=quay.io/keycloak/keycloak:26.7.3
ARG JAVA=docker.io/library/eclipse-temurin:17-jdk-jammy

FROM ${KEYCLOAK} AS keycloak

FROM ${JAVA} AS extension
WORKDIR /extension
COPY --from=keycloak /opt/keycloak/lib/lib/main /libraries
COPY sso/keycloak/extension .
# The same as `obshto sso fetch` does on a machine of development.
RUN find . -name '*.java' -exec javac -nowarn -cp '/libraries/*' -d /classes {} + \
    && cp -R META-INF /classes/META-INF \
    && jar --create --file /obshto.jar -C /classes .

FROM ${KEYCLOAK}
COPY --from=extension /obshto.jar /opt/keycloak/providers/obshto.jar
COPY sso/keycloak/theme /opt/keycloak/themes
RUN /opt/keycloak/bin/kc.sh build --db=postgres --health-enabled=true
ENTRYPOINT ["/opt/keycloak/bin/kc.sh", "start", "--optimized"]
