{{/* Names and labels. */}}
{{- define "chatterbox.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Takes {root, component}. */}}
{{- define "chatterbox.name" -}}
{{- printf "%s-%s" (include "chatterbox.fullname" .root) .component -}}
{{- end -}}

{{- define "chatterbox.selector" -}}
app.kubernetes.io/name: {{ default .root.Chart.Name .root.Values.nameOverride }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "chatterbox.labels" -}}
{{ include "chatterbox.selector" . }}
app.kubernetes.io/part-of: chatterbox
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | quote }}
{{- end -}}

{{/* The services and their ports, as JSON. */}}
{{- define "chatterbox.ports" -}}
{"gateway": 3000, "auth": 3001, "chat": 3002, "presence": 3003, "ai": 3004}
{{- end -}}

{{/* What a service is told by values: the defaults under its own. Takes {root, component}. */}}
{{- define "chatterbox.service" -}}
{{- mergeOverwrite (deepCopy .root.Values.defaults) (deepCopy (index .root.Values .component)) | toJson -}}
{{- end -}}

{{- define "chatterbox.secret" -}}
{{- default (printf "%s-secrets" (include "chatterbox.fullname" .)) .Values.secrets.existingSecret -}}
{{- end -}}

{{/* Whether the chart brings the stores; empty for no. */}}
{{- define "chatterbox.trialRedis" -}}
{{- if not (or .Values.redis.url .Values.redis.existingSecret) -}}true{{- end -}}
{{- end -}}

{{- define "chatterbox.trialMongodb" -}}
{{- if not (or .Values.mongodb.url .Values.mongodb.existingSecret) -}}true{{- end -}}
{{- end -}}

{{- define "chatterbox.redisUrl" -}}
{{- if .Values.redis.url -}}
{{- .Values.redis.url -}}
{{- else -}}
{{- printf "redis://%s:6379" (include "chatterbox.name" (dict "root" . "component" "redis")) -}}
{{- end -}}
{{- end -}}

{{- define "chatterbox.mongodbUrl" -}}
{{- if .Values.mongodb.url -}}
{{- .Values.mongodb.url -}}
{{- else -}}
{{- printf "mongodb://%s:27017/?replicaSet=rs0" (include "chatterbox.name" (dict "root" . "component" "mongodb")) -}}
{{- end -}}
{{- end -}}

{{- define "chatterbox.redisSecret" -}}
{{- default (printf "%s-stores" (include "chatterbox.fullname" .)) .Values.redis.existingSecret -}}
{{- end -}}

{{- define "chatterbox.mongodbSecret" -}}
{{- default (printf "%s-stores" (include "chatterbox.fullname" .)) .Values.mongodb.existingSecret -}}
{{- end -}}

{{- define "chatterbox.image" -}}
{{- $image := .root.Values.image -}}
{{- $path := printf "%s/%s-service:%s" $image.repository .component (default .root.Chart.AppVersion $image.tag) -}}
{{- if $image.registry -}}{{- printf "%s/%s" $image.registry $path -}}{{- else -}}{{- $path -}}{{- end -}}
{{- end -}}

{{/* No rights beside those that a program needs to compute and to talk. */}}
{{- define "chatterbox.containerSecurity" -}}
allowPrivilegeEscalation: false
capabilities:
  drop: [ALL]
readOnlyRootFilesystem: true
{{- end -}}

{{/* Takes {user}. */}}
{{- define "chatterbox.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ .user }}
runAsGroup: {{ .user }}
fsGroup: {{ .user }}
seccompProfile:
  type: RuntimeDefault
{{- end -}}
