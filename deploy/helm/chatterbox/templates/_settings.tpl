{{/* The settings of a service, in the form of application.properties. Takes {root, component, service}. */}}
{{- define "chatterbox.settings" -}}
{{- $root := .root -}}
{{- $service := .service -}}
{{- $settings := dict -}}
{{- range $name, $port := include "chatterbox.ports" $root | fromJson -}}
{{- if ne $name "gateway" -}}
{{- $address := printf "http://%s:%d" (include "chatterbox.name" (dict "root" $root "component" $name)) (int $port) -}}
{{- $_ := set $settings (printf "chatterbox.services.%s-urls" $name) $address -}}
{{- end -}}
{{- end -}}
{{- if ne .component "auth" -}}
{{- $_ := set $settings "mp.jwt.verify.publickey.location" (printf "%s/.well-known/jwks.json" (index $settings "chatterbox.services.auth-urls")) -}}
{{- end -}}
{{- if ne .component "gateway" -}}
{{- $_ := set $settings "quarkus.mongodb.database" (printf "%s%s" $root.Values.mongodb.databasePrefix .component) -}}
{{- end -}}
{{- if eq .component "gateway" -}}
{{- $_ := set $settings "chatterbox.gateway.drain" $service.drain -}}
{{- with $service.trustedProxies -}}
{{- $_ := set $settings "chatterbox.gateway.trusted-proxies" (join "," .) -}}
{{- end -}}
{{- with $service.corsOrigins -}}
{{- $_ := set $settings "chatterbox.gateway.cors-origins" (join "," .) -}}
{{- end -}}
{{- end -}}
{{- if eq .component "auth" -}}
{{- with $service.mail -}}
{{- if .host -}}
{{- $_ := set $settings "quarkus.mailer.host" .host -}}
{{- $_ := set $settings "quarkus.mailer.port" (toString (int .port)) -}}
{{- $_ := set $settings "quarkus.mailer.start-tls" .startTls -}}
{{- else -}}
{{- $_ := set $settings "quarkus.mailer.mock" "true" -}}
{{- end -}}
{{- if .from -}}{{- $_ := set $settings "quarkus.mailer.from" .from -}}{{- end -}}
{{- if .resetPage -}}{{- $_ := set $settings "chatterbox.auth.mail.reset-page" .resetPage -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- if eq .component "chat" -}}
{{- with $service.files.s3 -}}
{{- if .endpoint -}}
{{- $_ := set $settings "chatterbox.chat.files.s3.endpoint" .endpoint -}}
{{- $_ := set $settings "chatterbox.chat.files.s3.bucket" (required "chat.files.s3.bucket is needed with an endpoint" .bucket) -}}
{{- if .region -}}{{- $_ := set $settings "chatterbox.chat.files.s3.region" .region -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if eq .component "ai" -}}
{{- if $service.baseUrl -}}{{- $_ := set $settings "chatterbox.ai.base-url" $service.baseUrl -}}{{- end -}}
{{- if $service.model -}}{{- $_ := set $settings "chatterbox.ai.model" $service.model -}}{{- end -}}
{{- end -}}
{{- if $root.Values.tracing.enabled -}}
{{- $_ := set $settings "quarkus.otel.sdk.disabled" "false" -}}
{{- $_ := set $settings "quarkus.otel.exporter.otlp.endpoint" $root.Values.tracing.endpoint -}}
{{- $_ := set $settings "quarkus.otel.traces.sampler.arg" (toString $root.Values.tracing.ratio) -}}
{{- end -}}
{{- $settings = mergeOverwrite $settings (deepCopy $root.Values.settings) (deepCopy $service.settings) -}}
# before what the service itself brings, behind the environment
config_ordinal=275
{{- range $name, $value := $settings }}
{{ $name }}={{ $value | toString | replace "\\" "\\\\" | replace "\n" "\\n" }}
{{- end }}
{{- end -}}
