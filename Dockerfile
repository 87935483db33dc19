# syntax=docker/dockerfile:1
# The steps are those of ./portal: its own functions install Node.js and publish.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
ENV CI=true DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
RUN root=/source && . scripts/build.sh && publish /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 Portal__Listen__Address=*
COPY --from=build /app /app
# The image's own account; nothing in the container runs as root.
RUN install -d -o $APP_UID -g $APP_UID -m 0700 /data
USER $APP_UID
VOLUME /data
EXPOSE 5080 5443 2525 2587 2465
STOPSIGNAL SIGINT
ENTRYPOINT ["dotnet", "/app/Portal.Web.dll"]
CMD ["up", "--data", "/data"]
