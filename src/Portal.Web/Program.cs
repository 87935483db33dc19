using Portal.Web.Cli;

return await PortalCommands.RunAsync(args);
