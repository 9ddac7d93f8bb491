using System.Runtime.Versioning;
using Careline.Tests.Support;

[assembly: SupportedOSPlatform("linux")]
[assembly: AssemblyFixture(typeof(TestCluster))]
