{{- define "obshto.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "obshto.image" -}}
{{- with .Values.image }}{{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}{{ end }}
{{- end }}

{{- define "obshto.account" -}}
{{- with .Values.serviceAccount }}{{ if .create }}{{ .name | default (include "obshto.name" $) }}{{ else }}{{ .name | default "default" }}{{ end }}{{ end }}
{{- end }}

{{/* What tells the pods of a part apart; never changes, selectors stand on it. */}}
{{- define "obshto.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- with .part }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end }}

{{- define "obshto.labels" -}}
{{ include "obshto.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end }}

{{/* Where browsers reach the video server that the chart brings. */}}
{{- define "obshto.videoHost" -}}
{{- with .Values.video.url }}{{ trimPrefix "wss://" . }}{{ else }}{{ printf "video.%s" .Values.baseDomain }}{{ end }}
{{- end }}

{{/* Its configuration, out of `livekit` of the values. */}}
{{- define "obshto.livekit" -}}
port: 7880
rtc:
  tcp_port: {{ .tcpPort }}
  udp_port: {{ .udpPort }}
  {{- if .address }}
  node_ip: {{ .address | quote }}
  use_external_ip: false
  {{- else }}
  use_external_ip: true
  {{- end }}
room: {auto_create: false}
turn:
  enabled: true
  udp_port: {{ .turn.udpPort }}
  {{- if .turn.domain }}
  domain: {{ .turn.domain | quote }}
  tls_port: 5349
  cert_file: /etc/livekit-tls/tls.crt
  key_file: /etc/livekit-tls/tls.key
  {{- end }}
{{- end }}

{{/* Every process reads all of this: a missing word is told at the start, whoever starts. */}}
{{- define "obshto.environment" -}}
- {name: OBSHTO_ENV, value: production}
- {name: BASE_URL, value: {{ printf "https://%s" .Values.baseDomain | quote }}}
- {name: DATA_DIR, value: /tmp/obshto}
- {name: MASTER_KEY_FILE, value: /run/secrets/obshto/master.key}
- {name: MAIL_FROM, value: {{ .Values.mailFrom | quote }}}
- {name: OIDC_ISSUER, value: {{ .Values.identity.issuer | quote }}}
- {name: OIDC_CLIENT_ID, value: {{ .Values.identity.clientId | quote }}}
- {name: OFFLINE_PAGES, value: {{ .Values.offlinePages | quote }}}
- {name: BOOTH_HOST, value: {{ .Values.boothHost | quote }}}
{{- with .Values.bounceTo }}
- {name: BOUNCE_TO, value: {{ . | quote }}}
{{- end }}
{{- with .Values.proxies }}
- {name: PROXIES, value: {{ join "," . | quote }}}
{{- end }}
{{- with .Values.databaseNodes }}
- {name: DATABASE_NODES, value: {{ join "," . | quote }}}
{{- end }}
{{- if or .Values.video.url .Values.livekit.enabled }}
- {name: LIVEKIT_URL, value: {{ printf "wss://%s" (include "obshto.videoHost" .) | quote }}}
{{- with ternary (printf "http://%s-livekit:7880" (include "obshto.name" .)) .Values.video.server .Values.livekit.enabled }}
- {name: LIVEKIT_SERVER, value: {{ . | quote }}}
{{- end }}
{{- range list "LIVEKIT_API_KEY" "LIVEKIT_API_SECRET" }}
- {name: {{ . }}, valueFrom: {secretKeyRef: {name: {{ $.Values.secrets.application }}, key: {{ . }}}}}
{{- end }}
{{- end }}
{{- with .Values.media.bucket }}
{{- if .url }}
- {name: MEDIA_S3_URL, value: {{ .url | quote }}}
- {name: MEDIA_S3_REGION, value: {{ .region | quote }}}
{{- range list "MEDIA_S3_KEY" "MEDIA_S3_SECRET" }}
- {name: {{ . }}, valueFrom: {secretKeyRef: {name: {{ $.Values.secrets.application }}, key: {{ . }}}}}
{{- end }}
{{- end }}
{{- end }}
{{- if .Values.media.existingClaim }}
- {name: MEDIA_DIR, value: /media}
{{- with .Values.media.map }}
- {name: MAP_FILE, value: {{ printf "/media/%s" . | quote }}}
{{- end }}
{{- end }}
{{- with .Values.tsaUrl }}
- {name: TSA_URL, value: {{ . | quote }}}
{{- end }}
{{- with .Values.stripePages }}
- {name: STRIPE_PAGES, value: {{ . | quote }}}
{{- end }}
{{- if .Values.caBundle.configMap }}
- {name: SSL_CERT_FILE, value: /etc/obshto/ca/ca.crt}
- {name: REQUESTS_CA_BUNDLE, value: /etc/obshto/ca/ca.crt}
{{- end }}
{{- with .Values.telemetry.endpoint }}
- {name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ . | quote }}}
{{- end }}
{{- range list "DATABASE_URL" "SECRET_KEY" "SMTP_URL" "OIDC_CLIENT_SECRET" }}
- {name: {{ . }}, valueFrom: {secretKeyRef: {name: {{ $.Values.secrets.application }}, key: {{ . }}}}}
{{- end }}
{{- range list "DIRECT_URL" "KEYCLOAK_DIRECTORY_SECRET" "STRIPE_KEY" "STRIPE_WEBHOOK_SECRET" "STRIPE_BILLING_SECRET" "SMS_URL" "SMS_SECOND_URL" "PUSH_SECRET" }}
- {name: {{ . }}, valueFrom: {secretKeyRef: {name: {{ $.Values.secrets.application }}, key: {{ . }}, optional: true}}}
{{- end }}
{{- end }}

{{/* What `obshto sso provision` reads besides: told to the keeper alone, where its secret is named. */}}
{{- define "obshto.identity" -}}
- {name: KEYCLOAK_URL, value: {{ .keycloakUrl | quote }}}
- {name: KEYCLOAK_ADMIN, value: {{ .keycloakAdmin | quote }}}
{{- with .backChannelUrl }}
- {name: OIDC_BACK_CHANNEL_URL, value: {{ . | quote }}}
{{- end }}
- {name: KEYCLOAK_ADMIN_PASSWORD, valueFrom: {secretKeyRef: {name: {{ .secret }}, key: KEYCLOAK_ADMIN_PASSWORD}}}
{{- with .eid }}
{{- if .signInUrl }}
- {name: EID_SIGN_IN_URL, value: {{ .signInUrl | quote }}}
- {name: EID_CERTIFICATE_FILE, value: /etc/obshto/eid/eid.pem}
- {name: EID_SERVICE, value: {{ .service | quote }}}
- {name: EID_PROVIDER, value: {{ .provider | quote }}}
- {name: EID_LEVEL, value: {{ .level | quote }}}
- {name: EID_HASH_KEY, valueFrom: {secretKeyRef: {name: {{ $.secret }}, key: EID_HASH_KEY}}}
{{- end }}
{{- end }}
{{- end }}

{{/* What a pod is, whichever part it does. `root`, `part`, `resources`; perhaps `command`, `owner`
(names of its logins), `values` (more environment), `volume` (where backups lie), `identity` (of the realm),
`env` (what the administrator adds to this part), `more` (of the container). */}}
{{- define "obshto.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: {type: RuntimeDefault}
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
containers:
  - name: {{ .part }}
    image: {{ include "obshto.image" .root }}
    imagePullPolicy: {{ .root.Values.image.pullPolicy }}
    {{- with .command }}
    args: {{- toYaml . | nindent 6 }}
    {{- end }}
    env:
      {{- include "obshto.environment" .root | nindent 6 }}
      {{- range .owner }}
      - {name: {{ . }}, valueFrom: {secretKeyRef: {name: {{ $.root.Values.secrets.owner }}, key: {{ . }}}}}
      {{- end }}
      {{- range $name, $value := .values }}
      - {name: {{ $name }}, value: {{ $value | quote }}}
      {{- end }}
      {{- with .identity }}
      {{- include "obshto.identity" . | nindent 6 }}
      {{- end }}
      {{- with concat (.root.Values.extraEnv | default list) (.env | default list) }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      runAsNonRoot: true
      capabilities: {drop: [ALL]}
    resources: {{- toYaml .resources | nindent 6 }}
    volumeMounts:
      - {name: tmp, mountPath: /tmp}
      - {name: master-key, mountPath: /run/secrets/obshto, readOnly: true}
      {{- if .volume }}
      - {name: backups, mountPath: /backups}
      {{- end }}
      {{- if and .root.Values.media.existingClaim (has .part (list "web" "worker")) }}
      - {name: media, mountPath: /media}
      {{- end }}
      {{- if .root.Values.caBundle.configMap }}
      - {name: ca, mountPath: /etc/obshto/ca, readOnly: true}
      {{- end }}
      {{- if and .identity .root.Values.identity.provisioning.eid.signInUrl }}
      - {name: eid, mountPath: /etc/obshto/eid, readOnly: true}
      {{- end }}
      {{- with .root.Values.extraVolumeMounts }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
    {{- with .more }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
volumes:
  - {name: tmp, emptyDir: {sizeLimit: 1Gi}}
  - {name: master-key, secret: {secretName: {{ .root.Values.secrets.masterKey }}, defaultMode: 0400, items: [{key: master.key, path: master.key}]}}
  {{- with .volume }}
  - {name: backups, persistentVolumeClaim: {claimName: {{ . }}}}
  {{- end }}
  {{- if and .root.Values.media.existingClaim (has .part (list "web" "worker")) }}
  - {name: media, persistentVolumeClaim: {claimName: {{ .root.Values.media.existingClaim }}}}
  {{- end }}
  {{- with .root.Values.caBundle }}
  {{- if .configMap }}
  - {name: ca, configMap: {name: {{ .configMap }}, items: [{key: {{ .key | quote }}, path: ca.crt}]}}
  {{- end }}
  {{- end }}
  {{- if and .identity .root.Values.identity.provisioning.eid.signInUrl }}
  - {name: eid, secret: {secretName: {{ .identity.secret }}, items: [{key: eid.pem, path: eid.pem}]}}
  {{- end }}
  {{- with .root.Values.extraVolumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
