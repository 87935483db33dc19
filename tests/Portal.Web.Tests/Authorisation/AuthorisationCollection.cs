namespace Portal.Web.Tests.Authorisation;

[CollectionDefinition(nameof(AuthorisationCollection))]
public sealed class AuthorisationCollection : ICollectionFixture<AuthorisationWorld>;
